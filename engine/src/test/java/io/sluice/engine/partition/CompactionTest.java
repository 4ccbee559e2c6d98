package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.OffsetQuery;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private static final long DAY = 86_400_000;
    private final Host host = host(Map.of());

    @Test
    void onlyTheLastRecordOfAKeyIsLeftAndKeepsItsOffset() throws IOException {
        append("a", "1", "b", "1");
        append("a", "2");
        append("c", "1", "a", "3");
        assertThat(host.compact(100)).isTrue();

        assertThat(keys()).containsExactly("b=1@1", "c=1@3", "a=3@4");
        assertThat(host.partition.highWatermark()).isEqualTo(5);
        assertThat(host.tail.start()).isZero();
        checkpoint();
        assertThat(host.tail.start()).isEqualTo(host.tail.end());
    }

    @Test
    void aTombstoneStaysForItsTimeAndIsGoneAfterwards() throws IOException {
        append("a", "1");
        append("a", null);
        append("b", "1");
        host.compact(100);
        assertThat(keys()).containsExactly("a=null@1", "b=1@2");

        host.now += DAY - 1;
        append("c", "1");
        host.compact(100);
        assertThat(keys()).containsExactly("a=null@1", "b=1@2", "c=1@3");

        host.now += 2;
        append("d", "1");
        host.compact(100);
        assertThat(keys()).containsExactly("b=1@2", "c=1@3", "d=1@4");
    }

    @Test
    void theLastBatchStaysIfEmptySoThatReadersReachTheEnd() throws IOException {
        append("a", "1");
        append(host, null, "without a key");
        host.compact(100);
        assertThat(keys()).containsExactly("a=1@0");
        assertThat(host.read(0, 1000).getLast().nextOffset()).isEqualTo(2);

        append("b", "1");
        host.compact(100);
        assertThat(host.read(0, 1000)).extracting(RecordBatch::baseOffset).containsExactly(0L, 2L);
    }

    @Test
    void aReaderInAGapGoesOnBehindIt() throws IOException {
        append("a", "1");
        append("a", "2");
        append("b", "1");
        append("b", "2");
        host.compact(100);
        append("c", "1");
        host.tail.forceAll();

        assertThat(Entry.of(host.read(0, 1)).getFirst().offset()).isEqualTo(1);
        assertThat(Entry.of(host.read(2, 1)).getFirst().offset()).isEqualTo(3);
        assertThat(Entry.of(host.read(4, 1)).getFirst().offset()).isEqualTo(4);
        assertThat(host.partition.offset(new OffsetQuery.AtTime(0)).offset()).isEqualTo(1);
    }

    @Test
    void youngRecordsWait() throws IOException {
        var lagging = host(Map.of("min.compaction.lag.ms", "1000"));
        append(lagging, "a", "1");
        append(lagging, "a", "2");
        assertThat(lagging.partition.compactionDue(lagging.now)).isFalse();

        lagging.now += 1000;
        append(lagging, "a", "3");
        assertThat(lagging.compact(100)).isTrue();
        assertThat(keys(lagging)).containsExactly("a=2@1", "a=3@2");
        assertThat(lagging.partition.compactionDue(lagging.now)).isFalse();
    }

    @Test
    void anOldRecordDoesNotWaitForOthers() throws IOException {
        var patient = host(Map.of("segment.bytes", "1000000", "max.compaction.lag.ms", "5000"));
        append(patient, "a", "1");
        append(patient, "a", "2");
        assertThat(patient.partition.compactionDue(patient.now)).isFalse();
        patient.now += 5001;
        assertThat(patient.partition.compactionDue(patient.now)).isTrue();
    }

    @Test
    void aSmallDirtyPartIsNotWorthIt() throws IOException {
        var thrifty = host(Map.of("min.cleanable.dirty.ratio", "0.5"));
        for (int i = 0; i < 100; i++) {
            append(thrifty, "k" + i, "1");
        }
        thrifty.compact(10_000);
        append(thrifty, "a", "1");
        assertThat(thrifty.partition.compactionDue(thrifty.now)).isFalse();
    }

    @Test
    void duplicatesAreKnownEvenWhenTheirRecordsAreCompactedAway() throws IOException {
        host.appendDurably(from(7, 0, "a", "1"));
        host.appendDurably(from(7, 1, "a", "2"));
        append("a", "3");
        host.compact(100);
        checkpoint();
        host.restart();

        assertThat(host.partition.decide(from(7, 0, "a", "1"), host.now))
                .isEqualTo(new Decision.Duplicate(0, 0));
        assertThat(host.partition.decide(from(7, 2, "a", "1"), host.now))
                .isEqualTo(new Decision.Accept(3));
    }

    @Test
    void aCrashBeforeTheFactChangesNothing() throws IOException {
        append("a", "1");
        append("a", "2");
        var running = host.beginCompaction();
        running.step(1000);
        running.step(1000);
        host.restart();

        assertThat(keys()).containsExactly("a=1@0", "a=2@1");
        assertThat(host.compact(100)).isTrue();
        assertThat(keys()).containsExactly("a=2@1");
    }

    @Test
    void itWaitsUntilTheCleanLogIsDurable() throws IOException {
        append("a", "1");
        var running = host.beginCompaction();
        var progress = running.step(1000);
        while (progress instanceof Compaction.Progress.Working) {
            progress = running.step(1000);
        }
        assertThat(progress).isInstanceOf(Compaction.Progress.Waiting.class);
        host.cleans.values().forEach(MemoryLog::forceAll);
        assertThat(running.step(1000)).isInstanceOf(Compaction.Progress.Done.class);
    }

    @Test
    void noCheckpointOvertakesTheFact() throws IOException {
        append("a", "1");
        var running = host.beginCompaction();
        while (!(running.step(1000) instanceof Compaction.Progress.Done)) {
            host.cleans.values().forEach(MemoryLog::forceAll);
        }
        assertThat(host.partition.checkpointNow()).isEmpty();
        running.abandon();
        assertThat(host.partition.checkpointNow()).isPresent();
    }

    @Test
    void manyKeysAreRememberedExactly() {
        var offsets = new KeyOffsets();
        var expected = new HashMap<String, Long>();
        for (long i = 0; i < 20_000; i++) {
            var key = "key-" + (i * 7919 % 5000);
            offsets.put(java.nio.ByteBuffer.wrap(Entry.bytes(key)), i);
            expected.put(key, i);
        }
        expected.forEach(
                (key, offset) ->
                        assertThat(offsets.lastOffset(java.nio.ByteBuffer.wrap(Entry.bytes(key))))
                                .isEqualTo(offset));
        assertThat(offsets.lastOffset(java.nio.ByteBuffer.wrap(Entry.bytes("other"))))
                .isEqualTo(-1);
        assertThat(offsets.size()).isEqualTo(5000);
    }

    private void append(@Nullable String... keysAndValues) {
        append(host, keysAndValues);
    }

    private static void append(Host to, @Nullable String... keysAndValues) {
        assertThat(to.appendDurably(batch(to.now, keysAndValues).build()))
                .isInstanceOf(Decision.Accept.class);
    }

    private RecordBatch from(long producer, int sequence, String key, String value) {
        return batch(host.now, key, value).producer(producer, (short) 0, sequence).build();
    }

    private static BatchBuilder batch(long now, @Nullable String... keysAndValues) {
        var builder = new BatchBuilder(Compression.NONE, 0, now);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.add(now, Entry.bytes(keysAndValues[i]), Entry.bytes(keysAndValues[i + 1]));
        }
        return builder;
    }

    private void checkpoint() {
        host.journal(host.partition.checkpointNow().orElseThrow());
    }

    private List<String> keys() {
        return keys(host);
    }

    private static List<String> keys(Host of) {
        var all = new ArrayList<Entry>();
        for (long offset = of.partition.startOffset(); offset < of.partition.highWatermark(); ) {
            var batches = of.read(offset, 100);
            all.addAll(Entry.of(batches));
            offset = batches.getLast().nextOffset();
        }
        return all.stream().map(it -> it.key() + "=" + it.value() + "@" + it.offset()).toList();
    }

    private static Host host(Map<String, String> config) {
        try {
            var all =
                    new HashMap<>(
                            Map.of(
                                    "cleanup.policy",
                                    "compact",
                                    "segment.bytes",
                                    "1",
                                    "min.cleanable.dirty.ratio",
                                    "0"));
            all.putAll(config);
            return new Host(all);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
