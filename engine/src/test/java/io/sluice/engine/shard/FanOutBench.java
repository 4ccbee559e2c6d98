package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Ten queues of two shards that get every message, and the words that tests of them speak in.
abstract class FanOutBench {
    static final int QUEUES = 10;
    static final int BODY_BYTES = 100_000;

    final QueueBench queues = new QueueBench(new Bench());
    final Bench bench = queues.bench;
    final List<QueuePart> parts =
            IntStream.range(0, QUEUES).mapToObj(i -> queues.declare("q" + i, Map.of())).toList();

    /// The bodies that all queues hold.
    final List<String> sent = new ArrayList<>();

    /// Lets the queues give back what is consumed, then the bodies.
    void rest() {
        for (int i = 0; i < 4; i++) {
            bench.pass(600);
        }
    }

    /// Sends large bodies to all queues.
    void publish(int count) {
        append(count, "x".repeat(BODY_BYTES - 10));
    }

    void append(int count, String filling) {
        for (int i = 0; i < count; i++) {
            var body = sent.size() + " " + filling;
            var outcomes = append(allPartitions(), body);
            assertThat(outcomes).allSatisfy(o -> assertThat(o).isInstanceOf(Outcome.Done.class));
            sent.add(body);
        }
    }

    List<Outcome> append(List<PartitionId> partitions, String body) {
        var reply = send(partitions, batch(body));
        bench.quiet();
        return reply.value();
    }

    List<PartitionId> allPartitions() {
        return parts.stream().map(QueuePart::partition).toList();
    }

    Answered<List<Outcome>> send(List<PartitionId> partitions, RecordBatch batch) {
        var reply = new Answered<List<Outcome>>();
        bench.broker.appendToAll(
                new AppendToAll(partitions, Buffer.unpooled(batch.whole()), false, false), reply);
        return reply;
    }

    RecordBatch batch(String body) {
        long now = bench.clock.millis();
        return new BatchBuilder(Compression.NONE, 0, now)
                .add(now, null, body.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /// How many bytes the logs hold that bodies are shared from.
    long ofBodies() {
        return logs(bench.store.names().stream().filter(name -> name.startsWith("b.")));
    }

    long ofBodies(Shard shard) {
        return logs(Stream.of("b.2." + shard.index()));
    }

    long logs(Stream<String> names) {
        return names.mapToLong(bench.store::bytes).sum();
    }
}
