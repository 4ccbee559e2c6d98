package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/// Random commands against a compacted partition, with compactions in small steps between them and crashes in the middle.
class CompactionModelTest {
    private static final long DELETE_RETENTION_MILLIS = 30_000;

    /// All that was ever appended and not lost, by offset.
    private final TreeMap<Long, Entry> appended = new TreeMap<>();

    private long start;
    private @Nullable Compaction running;

    @RepeatedTest(40)
    void theLastRecordOfEveryKeyStaysAndNothingIsInvented() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var host =
                            new Host(
                                    Map.of(
                                            "cleanup.policy",
                                            "compact",
                                            "segment.bytes",
                                            "" + rng.between(100, 3_000),
                                            "min.cleanable.dirty.ratio",
                                            "0.3",
                                            "min.compaction.lag.ms",
                                            rng.chance(50) ? "0" : "5000",
                                            "delete.retention.ms",
                                            "" + DELETE_RETENTION_MILLIS));
                    for (int i = 0; i < 600; i++) {
                        step(rng, host);
                        if (i % 20 == 0) {
                            check(rng, host);
                        }
                    }
                    compactTheRest(rng, host);
                });
    }

    private void step(Rng rng, Host host) throws IOException {
        switch (rng.below(12)) {
            case 0, 1, 2 -> append(rng, host);
            case 3 -> host.tail.force(1 + rng.below(4));
            case 4 -> host.now += rng.below(5_000);
            case 5, 6, 7, 8 -> compact(rng, host);
            case 9 -> host.partition.checkpointNow().ifPresent(host::journal);
            case 10 -> deleteRecords(rng, host);
            case 11 -> restart(rng, host);
            default -> throw new AssertionError();
        }
    }

    private void append(Rng rng, Host host) {
        var builder =
                new BatchBuilder(rng.chance(30) ? Compression.LZ4 : Compression.NONE, 0, host.now);
        for (int left = rng.below(6); left >= 0; left--) {
            var value = rng.chance(20) ? null : "v" + rng.below(1000);
            builder.add(
                    host.now - rng.below(1000),
                    Entry.bytes("k" + rng.below(30)),
                    Entry.bytes(value));
        }
        var batch = builder.build();
        assertThat(host.append(batch)).isInstanceOf(Decision.Accept.class);
        Entry.of(batch).forEach(it -> appended.put(it.offset(), it));
    }

    private void compact(Rng rng, Host host) throws IOException {
        if (running == null) {
            running = host.partition.compactionDue(host.now) ? host.beginCompaction() : null;
            return;
        }
        if (rng.chance(30)) {
            host.cleans.values().forEach(MemoryLog::forceAll);
        }
        if (rng.chance(2)) {
            running.abandon();
            host.cleans.remove(LogNames.clean(Host.ID, host.partition.nextGeneration()));
            running = null;
        } else if (host.stepped(running, 1 + rng.below(3000))) {
            running = null;
        }
    }

    private void compactTheRest(Rng rng, Host host) throws IOException {
        if (running != null) {
            running.abandon();
            host.cleans.remove(LogNames.clean(Host.ID, host.partition.nextGeneration()));
        }
        host.tail.forceAll();
        host.now += 10_000;
        if (host.compact(1 + rng.below(5_000))) {
            assertThat(readAll(rng, host)).extracting(Entry::key).doesNotHaveDuplicates();
        }
        check(rng, host);
    }

    private void deleteRecords(Rng rng, Host host) {
        if (rng.chance(10)) {
            long offset = rng.between(start, host.partition.highWatermark());
            if (host.partition.deleteRecords(offset) instanceof Deletion.Moved(var fact)) {
                host.journal(fact);
                start = offset;
            }
        }
    }

    private void restart(Rng rng, Host host) throws IOException {
        if (rng.chance(20)) {
            var before = readAll(rng, host);
            var producers = host.partition.status();
            running = null;
            host.restart();
            appended.tailMap(host.partition.nextOffset()).clear();
            assertThat(readAll(rng, host)).isEqualTo(before);
            assertThat(host.partition.status().highWatermark())
                    .isEqualTo(producers.highWatermark());
        }
    }

    private void check(Rng rng, Host host) {
        assertThat(host.partition.startOffset()).isEqualTo(start);
        var all = readAll(rng, host);
        assertThat(all).isSubsetOf(appended.values());
        assertThat(all).extracting(Entry::offset).isSorted().doesNotHaveDuplicates();
        var found = new HashMap<String, Entry>();
        all.forEach(it -> found.put(it.key(), it));
        latest(host)
                .forEach(
                        (key, last) -> {
                            boolean mayBeGone =
                                    last.value() == null
                                            && host.now - last.timestamp()
                                                    > DELETE_RETENTION_MILLIS;
                            if (found.containsKey(key) || !mayBeGone) {
                                assertThat(found).containsEntry(key, last);
                            }
                        });
    }

    private Map<String, Entry> latest(Host host) {
        var latest = new HashMap<String, Entry>();
        appended.subMap(start, host.partition.highWatermark())
                .values()
                .forEach(it -> latest.put(it.key(), it));
        return latest;
    }

    private List<Entry> readAll(Rng rng, Host host) {
        var all = new ArrayList<Entry>();
        long end = host.partition.highWatermark();
        for (long offset = start; offset < end; ) {
            long from = offset;
            var batches = host.read(offset, rng.below(10_000));
            assertThat(batches).as("batches from %d, up to %d", offset, end).isNotEmpty();
            all.addAll(Entry.of(batches).stream().filter(it -> it.offset() >= from).toList());
            offset = batches.getLast().nextOffset();
            assertThat(batches).extracting(RecordBatch::baseOffset).isSorted();
        }
        return all;
    }
}
