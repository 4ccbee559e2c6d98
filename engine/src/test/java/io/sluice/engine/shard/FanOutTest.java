package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private static final int QUEUES = 10;
    private static final int BODY_BYTES = 100_000;

    private final QueueBench queues = new QueueBench(new Bench());
    private final Bench bench = queues.bench;
    private final List<QueuePart> parts =
            IntStream.range(0, QUEUES).mapToObj(i -> queues.declare("q" + i, Map.of())).toList();
    private final List<String> sent = new ArrayList<>();

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
    void allIsThereAfterAKill() {
        publish(4);
        bench.crash();
        publish(3);
        bench.crash();

        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void allIsThereAfterACheckpointAndAKill() {
        publish(4);
        bench.restart();
        rest();
        assertThat(ofBodies()).isGreaterThan(2L * 4 * BODY_BYTES);
        assertThat(queues.drain(parts.getFirst())).isEqualTo(sent);
        publish(3);
        bench.crash();

        assertThat(parts.subList(1, QUEUES))
                .allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
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
    void spaceIsGivenBackWhenTheLastQueueHasConsumed() {
        publish(30);
        for (var part : parts.subList(1, QUEUES)) {
            consumeAll(part);
        }
        rest();
        long pinned = ofBodies(bench.hostedBy(parts.getFirst().partition()));
        long other = ofBodies() - pinned;

        assertThat(pinned).isGreaterThan(30L * BODY_BYTES);
        assertThat(other).isZero();
        consumeAll(parts.getFirst());
        rest();
        assertThat(ofBodies()).isZero();
    }

    @Test
    void spaceIsNotGivenBackBeforeTheFactsThatAllowItAreDurable() {
        publish(3);
        var clients = parts.stream().map(part -> queues.consume(part, 0)).toList();
        bench.quiet();
        for (var client : clients) {
            long last = client.deliveries.getLast().lastOffset();
            var ranges = new long[] {0, last};
            bench.broker
                    .queues()
                    .settle(
                            client.queue,
                            new Settlement(client.owner, ranges, Settlement.ACCEPTED));
        }
        for (int i = 0; i < 30; i++) {
            bench.clock.pass(100);
            bench.turn();
        }

        assertThat(ofBodies()).isGreaterThan(2L * 3 * BODY_BYTES);
        bench.crash();
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void anOldMessageDoesNotKeepTheBodiesBehindIt() {
        publish(1);
        var slow = parts.subList(0, 4);
        var quick = parts.subList(4, QUEUES);
        for (int i = 0; i < 100; i++) {
            append(quick.stream().map(QueuePart::partition).toList(), "y".repeat(BODY_BYTES));
        }
        quick.forEach(queues::drain);
        rest();
        assertThat(ofBodies()).isGreaterThan(2L * 100 * BODY_BYTES);

        for (int i = 0; i < 8; i++) {
            bench.pass(bench.settings.compactionMillis());
            rest();
        }

        assertThat(ofBodies()).isZero();
        bench.crash();
        assertThat(slow).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
        publish(1);
        assertThat(quick)
                .allSatisfy(part -> assertThat(queues.drain(part)).containsExactly(sent.getLast()));
    }

    @Test
    void messagesThatAreHeldDoNotKeepTheBodiesBehindThem() {
        publish(1);
        var held = parts.stream().map(part -> queues.consume(part, 1)).toList();
        bench.quiet();
        for (int i = 0; i < 100; i++) {
            append(allPartitions(), "y".repeat(BODY_BYTES));
            parts.forEach(queues::drain);
        }
        rest();
        assertThat(ofBodies()).isGreaterThan(2L * 100 * BODY_BYTES);

        for (int i = 0; i < 4; i++) {
            bench.pass(bench.settings.compactionMillis());
            rest();
        }

        assertThat(ofBodies()).isZero();
        held.forEach(Client::cancel);
        held.forEach(Client::release);
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void aDeletedQueueNeedsNothing() {
        publish(3);
        for (var part : parts) {
            var queue = part.queue();
            bench.change(new CatalogChange.DeleteQueue(queue));
            bench.quiet();
        }
        rest();

        assertThat(ofBodies()).isZero();
    }

    @Test
    void anotherNumberOfShardsKeepsTheBodiesWhereTheyAre() {
        publish(3);
        bench.crash(3);
        publish(2);
        bench.crash(1);
        publish(2);

        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
        rest();
        bench.restart();
        assertThat(bench.store.names().stream().filter(name -> name.startsWith("b.")))
                .containsExactly("b.1.0");
        assertThat(ofBodies()).isZero();
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

    @Test
    void aFullDiskLeavesNoReferenceWithoutItsBody() {
        publish(2);
        var reply = send(allPartitions(), batch("lost".repeat(1_000)));
        bench.turn();
        bench.store.full(true);
        // The bodies find no room. There would be some for the references.
        var first = bench.store.settleOne();
        bench.store.full(false);
        bench.quiet();

        assertThat(first).isTrue();
        assertThat(reply.value().stream().filter(Outcome.Refused.class::isInstance))
                .hasSizeGreaterThanOrEqualTo(4);
        rest();
        sent.clear();
        parts.forEach(queues::drain);
        publish(2);
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
        bench.crash();
        assertThat(bench.failures).isEmpty();
        assertThat(bench.hosted())
                .allSatisfy(hosted -> assertThat(hosted.partition().damages()).isEmpty());
    }

    /// Lets the queues give back what is consumed, then the bodies.
    private void rest() {
        for (int i = 0; i < 4; i++) {
            bench.pass(600);
        }
    }

    private void consumeAll(QueuePart part) {
        queues.drain(part);
    }

    private void publish(int count) {
        append(count, "x".repeat(BODY_BYTES - 10));
    }

    private void append(int count, String filling) {
        for (int i = 0; i < count; i++) {
            var body = sent.size() + " " + filling;
            var outcomes = append(allPartitions(), body);
            assertThat(outcomes).allSatisfy(o -> assertThat(o).isInstanceOf(Outcome.Done.class));
            sent.add(body);
        }
    }

    private List<PartitionId> allPartitions() {
        return parts.stream().map(QueuePart::partition).toList();
    }

    private List<Outcome> append(List<PartitionId> partitions, String body) {
        var reply = send(partitions, batch(body));
        bench.quiet();
        return reply.value();
    }

    private Answered<List<Outcome>> send(List<PartitionId> partitions, RecordBatch batch) {
        var reply = new Answered<List<Outcome>>();
        bench.broker.appendToAll(
                new AppendToAll(partitions, Buffer.unpooled(batch.whole()), false, false), reply);
        return reply;
    }

    private RecordBatch batch(String body) {
        long now = bench.clock.millis();
        return new BatchBuilder(Compression.NONE, 0, now)
                .add(now, null, body.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private long stored() {
        return logs(bench.store.names().stream());
    }

    private long ofBodies() {
        return logs(bench.store.names().stream().filter(name -> name.startsWith("b.")));
    }

    private long ofBodies(Shard shard) {
        return logs(Stream.of("b.2." + shard.index()));
    }

    private long logs(Stream<String> names) {
        return names.mapToLong(bench.store::bytes).sum();
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
