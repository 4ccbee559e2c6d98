package io.sluice.engine.queue;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/// Sorts what a queue holds by its keys, at a start: snapshots and facts know none, as they stand in the records. Owned by its queue's state.
final class KeyedStart {
    private final ReadyMessages ready;
    private final Leases leases;
    private final DueHeap delayed;

    KeyedStart(ReadyMessages ready, Leases leases, DueHeap delayed) {
        this.ready = ready;
        this.leases = leases;
        this.delayed = delayed;
    }

    /// The lanes of all that is there. `keys` is asked about every message, in the order of the log.
    KeyedReady sorted(boolean strict, QueueState.Keys keys) {
        var keyed = new KeyedReady(strict);
        var returned = new TreeMap<Long, Integer>();
        ready.forEachReturned((_, offset, note) -> returned.put(offset, note));
        var waiting = new TreeSet<Long>();
        var away = new TreeSet<>(returned.keySet());
        leases.forEach((offset, _, _, _, _) -> away.add(offset));
        delayed.forEach((_, offset, note) -> (Note.wasOut(note) ? away : waiting).add(offset));
        var all = ready.lanes();
        assert all != null && all.length == 1 : "what is ready is listed, in one lane";
        var others = new TreeSet<>(away);
        others.addAll(waiting);
        LongConsumer other =
                offset -> {
                    if (waiting.contains(offset)) {
                        keyed.waits(offset, keys.key(offset));
                    } else {
                        keyed.restoreOut(offset, keys.key(offset));
                    }
                };
        all[0].forEach(
                offset -> {
                    while (!others.isEmpty() && others.first() < offset) {
                        other.accept(others.removeFirst());
                    }
                    keyed.list(offset, 0, keys.key(offset));
                });
        others.forEach(other::accept);
        returned.forEach(keyed::back);
        keyed.fresh(ready.fresh());
        return keyed;
    }
}
