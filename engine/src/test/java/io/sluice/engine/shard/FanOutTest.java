package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A message for many queues is stored once per shard, and each queue delivers it.
final class FanOutTest extends FanOutBench {
    @Test
    void bodiesAreStoredOncePerShard() {
        long before = stored();
        publish(10);

        // Two shards, a million bytes of bodies each; ten queues.
        assertThat(stored() - before)
                .isBetween(2L * 10 * BODY_BYTES, 2L * 10 * BODY_BYTES + 60_000);
        assertThat(ofBodies()).isGreaterThan(2L * 10 * BODY_BYTES);
    }

    @Test
    void everyQueueDeliversAllInOrder() {
        publish(5);
        var waiting = parts.stream().map(part -> queues.consume(part, 0)).toList();
        bench.quiet();
        publish(5);

        assertThat(waiting).allSatisfy(client -> assertThat(client.bodies()).isEqualTo(sent));
    }

    @Test
    void aKafkaConsumerReadsWholeBatches() {
        publish(3);

        var partition = parts.getFirst().partition();
        var fetch = bench.fetch(0, 0, new Fetch.Want(partition, 0, 10_000_000));

        assertThat(fetch.answer(0))
                .isInstanceOfSatisfying(
                        Fetch.Answer.Found.class,
                        found -> assertThat(values(found)).isEqualTo(sent));
    }

    @Test
    void smallBodiesAreStoredWithEveryQueue() {
        append(1, "small".repeat(2));

        assertThat(ofBodies()).isZero();
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void topicsWithTheirOwnRetentionGetWholeBatches() {
        var kafka = new PartitionId(bench.topic("kafka", 1, Map.of()), 0);
        var all = new ArrayList<>(parts.stream().map(QueuePart::partition).toList());
        all.add(kafka);
        append(all, "x".repeat(5_000));

        var hosted = bench.hostedBy(kafka).partition(kafka);
        assert hosted != null : "it was found";
        assertThat(hosted.tail().end()).isGreaterThan(5_000);
        assertThat(hosted.partition().bodyLogs()).isEmpty();
    }

    @Test
    void everyPartitionAnswersForItself() {
        var full =
                queues.declare(
                        "full", Map.of("x-max-length", "0", "x-overflow", "\"reject-publish\""));
        var unknown = new PartitionId(new UUID(9, 9), 0);
        var outcomes =
                append(
                        List.of(
                                parts.get(0).partition(),
                                full.partition(),
                                unknown,
                                parts.get(1).partition()),
                        "x".repeat(5_000));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.error())
                                        .isInstanceOf(BrokerError.QueueFull.class));
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Refused.class);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Done.class);
    }

    private long stored() {
        return logs(bench.store.names().stream());
    }

    private static List<String> values(Fetch.Answer.Found found) {
        var values = new ArrayList<String>();
        try (var slices = found.records()) {
            var bytes = slices.copy();
            for (int at = 0; at < bytes.limit(); ) {
                if (!(Parsed.at(bytes, at) instanceof Parsed.Batch(var batch))) {
                    throw new AssertionError("no batch as clients know them");
                }
                assertThat(batch.isIntact()).isTrue();
                assertThat(batch.baseOffset()).isEqualTo(values.size());
                var records = batch.recordsFrom(RecordBatch.HEADER_BYTES);
                while (records.next()) {
                    values.add(StandardCharsets.UTF_8.decode(records.value()).toString());
                }
                at += batch.bytes();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return values;
    }
}
