package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CompactionTest {
    private static final Map<String, String> COMPACTED =
            Map.of(
                    "cleanup.policy",
                    "compact",
                    "segment.ms",
                    "1",
                    "min.cleanable.dirty.ratio",
                    "0.01");
    private static final int KEYS = 10;
    private static final int UPDATES = 300;

    private final Bench bench = new Bench();

    @Test
    void onlyTheLastValueOfEveryKeyStaysAlsoAfterACrash() {
        var partition = updated("table");
        int before = bench.read(partition, 0).size();
        compact();
        int after = recordBatches(partition);
        assertThat(before).isEqualTo(UPDATES);
        assertThat(after).isLessThan(2 * KEYS);
        assertThat(cleanLogs()).isEqualTo(1);
        bench.crash();
        assertThat(recordBatches(partition)).isEqualTo(after);
        assertThat(bench.appendDurably(partition, keyed(1, 1)).baseOffset()).isEqualTo(UPDATES);
    }

    @Test
    void aCompactedPartitionIsCompactedAgainAndOneCleanLogStays() {
        var partition = updated("table");
        compact();
        for (int update = 0; update < UPDATES; update++) {
            bench.appendDurably(partition, keyed(update % KEYS, update));
        }
        compact();
        assertThat(recordBatches(partition)).isLessThan(2 * KEYS);
        assertThat(cleanLogs()).isEqualTo(1);
        bench.crash();
        assertThat(recordBatches(partition)).isLessThan(2 * KEYS);
    }

    @Test
    void aFullDiskInTheMiddleOfACompactionCostsNothingButTime() {
        var partition = updated("table");
        bench.store.full(true);
        compact();
        bench.store.full(false);
        assertThat(bench.read(partition, 0)).hasSize(UPDATES);
        compact();
        compact();
        assertThat(recordBatches(partition)).isLessThan(2 * KEYS);
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void aTopicDeletedInTheMiddleOfACompactionLeavesNothingBehind() {
        var partition = updated("table");
        bench.clock.pass(20_000);
        bench.turn();
        bench.change(new CatalogChange.DeleteTopic(partition.topic()));
        bench.quiet();
        bench.pass(20_000);
        assertThat(bench.store.names())
                .noneMatch(name -> name.startsWith("p.") || name.startsWith("c."));
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void cleanLogsThatACrashHasLeftOverAreDeletedAtTheStart() throws IOException {
        var partition = updated("table");
        compact();
        var current = "c." + partition.topic() + ".0.1";
        bench.store.open("c." + partition.topic() + ".0.2");
        bench.store.open("c." + partition.topic() + ".0.0");
        bench.crash();
        assertThat(bench.store.names())
                .filteredOn(name -> name.startsWith("c."))
                .containsExactly(current);
    }

    @Test
    void aCrashAnywhereInACompactionLosesNoLastValue() {
        for (int chunks = 0; chunks < 12; chunks++) {
            var partition = updated("table-" + chunks);
            bench.clock.pass(20_000);
            bench.turn();
            for (int i = 0; i < chunks && bench.store.settleOne(); i++) {
                bench.turn();
            }
            bench.crash();
            compact();
            assertThat(recordBatches(partition)).as("after " + chunks).isLessThan(2 * KEYS);
            assertThat(bench.read(partition, UPDATES - KEYS)).hasSize(KEYS);
        }
        assertThat(cleanLogs()).isEqualTo(12);
        assertThat(bench.failures).isEmpty();
    }

    private PartitionId updated(String name) {
        var partition = new PartitionId(bench.topic(name, 1, COMPACTED), 0);
        for (int update = 0; update < UPDATES; update++) {
            bench.appendDurably(partition, keyed(update % KEYS, update));
        }
        return partition;
    }

    /// Two rounds: one may find that the newest records are still too new.
    private void compact() {
        bench.pass(20_000);
        bench.pass(20_000);
    }

    private long cleanLogs() {
        return bench.store.names().stream().filter(name -> name.startsWith("c.")).count();
    }

    private int recordBatches(PartitionId partition) {
        return bench.read(partition, 0).size();
    }

    private static RecordBatch keyed(int key, int value) {
        return new BatchBuilder(Compression.NONE, 0, 1_700_000_000_000L)
                .add(
                        1_700_000_000_000L,
                        ("k" + key).getBytes(StandardCharsets.UTF_8),
                        ("v" + value).getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
