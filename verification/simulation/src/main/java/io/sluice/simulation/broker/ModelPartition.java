package io.sluice.simulation.broker;

import io.sluice.simulation.InvariantBroken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What clients were told about one partition.
final class ModelPartition {
    private final String name;
    private final boolean compacted;
    private final NavigableMap<Long, Stored> acknowledged = new TreeMap<>();
    private final List<SimulatedProducer> producers = new ArrayList<>();
    private long highWatermark;
    private long deletedBefore;

    ModelPartition(String name, boolean compacted) {
        this.name = name;
        this.compacted = compacted;
    }

    List<SimulatedProducer> producers() {
        return producers;
    }

    long highWatermark() {
        return highWatermark;
    }

    void acknowledge(Stored record) {
        var other = acknowledged.putIfAbsent(record.offset(), record);
        if (other != null && !other.equals(record)) {
            throw new InvariantBroken("OneRecordPerOffset", name + ": " + record + " and " + other);
        }
    }

    /// Somebody may have deleted what is before `offset`.
    void deleting(long offset) {
        deletedBefore = Math.max(deletedBefore, offset);
    }

    void sawHighWatermark(long offset) {
        if (offset < highWatermark) {
            throw new InvariantBroken(
                    "TheHighWatermarkNeverReturns",
                    name + ": " + offset + " after " + highWatermark);
        }
        highWatermark = offset;
    }

    /// A reader went from `start` to `end` and found this.
    void check(long start, long end, List<Stored> found) {
        sawHighWatermark(end);
        if (start > deletedBefore) {
            throw new InvariantBroken(
                    "NothingIsDeletedUnasked",
                    name + " starts at " + start + ", asked for was " + deletedBefore);
        }
        checkOrder(start, end, found);
        if (compacted) {
            checkNewestPerKey(start, end, found);
        } else {
            checkNothingLost(start, end, found);
        }
    }

    private void checkOrder(long start, long end, List<Stored> found) {
        var last = start - 1;
        Map<Long, Integer> sequences = new HashMap<>();
        for (var record : found) {
            if (record.offset() <= last || record.offset() >= end) {
                throw new InvariantBroken(
                        "OffsetsOnlyGrow",
                        name + ": " + record + " after offset " + last + ", end " + end);
            }
            last = record.offset();
            var before = sequences.put(record.producerId(), record.sequence());
            if (before != null && record.sequence() <= before) {
                throw new InvariantBroken(
                        "NoDuplicateOfAnIdempotentRecord",
                        name + ": " + record + " after sequence " + before);
            }
            if (before != null && !compacted && record.sequence() != before + 1) {
                throw new InvariantBroken(
                        "NoAcknowledgedRecordIsLost",
                        name + ": " + record + " after sequence " + before);
            }
        }
    }

    private void checkNothingLost(long start, long end, List<Stored> found) {
        Map<Long, Stored> byOffset = new HashMap<>();
        found.forEach(record -> byOffset.put(record.offset(), record));
        acknowledged.headMap(start).clear();
        // What was acknowledged while the reader read lies behind its end.
        acknowledged
                .headMap(end)
                .forEach(
                        (offset, record) -> {
                            if (!record.equals(byOffset.get(offset))) {
                                throw new InvariantBroken(
                                        "NoAcknowledgedRecordIsLost",
                                        name + ": " + record + ", found " + byOffset.get(offset));
                            }
                        });
    }

    /// Compaction may take any record but the newest of a key.
    private void checkNewestPerKey(long start, long end, List<Stored> found) {
        Map<Integer, Stored> newest = new HashMap<>();
        found.forEach(record -> newest.put(record.key(), record));
        acknowledged
                .subMap(start, end)
                .values()
                .forEach(
                        record -> {
                            var kept = newest.get(record.key());
                            if (kept == null || kept.offset() < record.offset()) {
                                throw new InvariantBroken(
                                        "TheNewestOfEveryKeyStays",
                                        name + ": " + record + ", found " + kept);
                            }
                        });
        for (var record : found) {
            var told = acknowledged.get(record.offset());
            if (told != null && !told.equals(record)) {
                throw new InvariantBroken(
                        "BytesAreWhatWasAppended", name + ": " + record + " was " + told);
            }
        }
    }
}
