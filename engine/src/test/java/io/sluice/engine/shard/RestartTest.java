package io.sluice.engine.shard;

import static io.sluice.engine.shard.Bench.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestartTest {
    private final Bench bench = new Bench();

    @Test
    void whatWasAcknowledgedIsThereAfterACrashAndWhatWasNotIsNot() {
        var partition = bench.partition("orders");
        bench.appendDurably(partition, batch("a", "b"));
        var lost = bench.append(partition, batch("c"));
        bench.turn();
        bench.crash();
        assertThat(lost.isThere()).isFalse();
        assertThat(bench.read(partition, 0)).containsExactly(0L, 1L);
        assertThat(bench.appendDurably(partition, batch("d")).baseOffset()).isEqualTo(2);
    }

    @Test
    void aDuplicateIsKnownAfterACrash() {
        var partition = bench.partition("orders");
        bench.appendDurably(partition, batch(77, 0, "a"));
        bench.crash();
        var again = bench.appendDurably(partition, batch(77, 0, "a"));
        assertThat(again.duplicate()).isTrue();
        assertThat(bench.read(partition, 0)).containsExactly(0L);
    }

    @Test
    void deletedRecordsStayDeleted() {
        var partition = bench.partition("orders");
        for (int i = 0; i < 5; i++) {
            bench.appendDurably(partition, batch("a"));
        }
        var reply = new Answered<Long>();
        bench.broker.deleteRecords(partition, 3, reply);
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        bench.quiet();
        assertThat(reply.value()).isEqualTo(3);
        bench.crash();
        assertThat(status(partition).startOffset()).isEqualTo(3);
        assertThat(status(partition).highWatermark()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void rebuildEqualsLiveForAnyNumberOfShards(int shards) {
        var random = new Random(shards);
        var topic = bench.topic("orders", 7, Map.of());
        work(random, topic);
        var live = statuses(topic);
        bench.crash(shards);
        assertThat(statuses(topic)).isEqualTo(live);
        assertThat(bench.store.names()).filteredOn(name -> name.startsWith("s.")).hasSize(shards);
        work(random, topic);
        live = statuses(topic);
        bench.restart();
        assertThat(statuses(topic)).isEqualTo(live);
        bench.crash(2);
        assertThat(statuses(topic)).isEqualTo(live);
    }

    @Test
    void aCrashWhileTheNumberOfShardsChangesLosesNothing() {
        var random = new Random(3);
        var topic = bench.topic("orders", 5, Map.of());
        work(random, topic);
        var live = statuses(topic);
        for (int settled = 0; settled < 8; settled++) {
            bench.settings = bench.settings.withShards(settled % 3 + 1);
            bench.startAndSettle(settled);
        }
        bench.crash(2);
        assertThat(statuses(topic)).isEqualTo(live);
    }

    @Test
    void aDamagedFactCostsWhatItSaidAndNothingElse() throws IOException {
        bench.crash(1);
        var hit = bench.partition("hit");
        var spared = bench.partition("spared");
        for (var partition : List.of(hit, spared)) {
            bench.appendDurably(partition, batch(77, 0, "a"));
            bench.appendDurably(partition, batch(77, 1, "b"));
            bench.broker.deleteRecords(partition, 1, new Answered<>());
            bench.quiet();
        }
        bench.store.damage("s.1.0", 15);
        bench.crash();
        assertThat(status(hit).startOffset()).isZero();
        assertThat(bench.read(hit, 0)).containsExactly(0L, 1L);
        assertThat(bench.appendDurably(hit, batch(77, 1, "b")).duplicate()).isTrue();
        assertThat(status(spared).startOffset()).isEqualTo(1);
    }

    @Test
    void aCleanStopWritesCheckpointsThatARestartIsServedFrom() {
        var partition = bench.partition("orders");
        bench.appendDurably(partition, batch(77, 0, "a", "b", "c"));
        var live = status(partition);
        bench.stop();
        var stateLogs = bench.store.names().stream().filter(name -> name.startsWith("s.")).toList();
        assertThat(stateLogs).hasSize(2);
        bench.crash();
        assertThat(status(partition)).isEqualTo(live);
    }

    private void work(Random random, UUID topic) {
        for (int i = 0; i < 60; i++) {
            var partition = new PartitionId(topic, random.nextInt(7) % partitions(topic));
            if (random.nextInt(10) == 0) {
                long high = status(partition).highWatermark();
                bench.broker.deleteRecords(partition, random.nextLong(high + 1), new Answered<>());
                bench.quiet();
            } else {
                bench.append(partition, batch("x".repeat(random.nextInt(100) + 1)));
                if (random.nextBoolean()) {
                    bench.quiet();
                }
            }
            if (random.nextInt(20) == 0) {
                var reply = new Answered<Long>();
                bench.broker.nextProducerId(reply);
                bench.quiet();
                bench.appendDurably(partition, batch(reply.value(), 0, "idempotent"));
            }
        }
        bench.quiet();
    }

    private int partitions(UUID topic) {
        return bench.broker.catalog().topic(topic).orElseThrow().partitions();
    }

    private Map<Integer, PartitionStatus> statuses(UUID topic) {
        var all = new HashMap<Integer, PartitionStatus>();
        for (int index = 0; index < partitions(topic); index++) {
            var partition = new PartitionId(topic, index);
            var status = status(partition);
            all.put(index, withoutBytes(status));
            var offsets =
                    LongStream.range(status.startOffset(), status.highWatermark()).boxed().toList();
            assertThat(bench.read(partition, status.startOffset()))
                    .containsExactlyElementsOf(offsets);
        }
        return all;
    }

    /// How many bytes lie before the start in the batch or the stretch that the start is in depends on how fine the index
    /// is there.
    private static PartitionStatus withoutBytes(PartitionStatus status) {
        return new PartitionStatus(
                status.startOffset(), status.highWatermark(), 0, status.producers());
    }

    private PartitionStatus status(PartitionId partition) {
        var reply = new Answered<PartitionStatus>();
        bench.broker.status(partition, reply);
        bench.turn();
        return reply.value();
    }
}
