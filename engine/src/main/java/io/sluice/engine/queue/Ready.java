package io.sluice.engine.queue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which messages are ready, and which is the first. Owned by its queue's state.
///
/// Without priorities the ready ones are the offsets from `fresh` on but for the holes, and those that came back. With priorities they are listed by
/// lane. The first is the smallest offset of the highest priority: what came back stands where it stood before.
final class Ready implements ReadyMessages {
    /// Stands where nothing was ever listed.
    private static final OffsetQueue NO_LANE = new OffsetQueue();

    private final OffsetQueue @Nullable [] lanes;
    private final NavigableMap<Long, Integer>[] returned;
    private final OffsetQueue holes = new OffsetQueue();
    private long fresh;
    private long listed;

    /// Nothing is ready with a higher priority.
    private int highest;

    /// Set by [#find].
    private long foundFirst;

    private long foundLast;
    private int foundNote;

    /// @param priorityMax 0: no priorities
    /// @param lists whether what is ready is listed although there are no priorities, in one lane
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of maps
    Ready(int priorityMax, boolean lists) {
        returned = new NavigableMap[priorityMax + 1];
        lanes = priorityMax == 0 && !lists ? null : new OffsetQueue[priorityMax + 1];
        Arrays.fill(returned, Collections.emptyNavigableMap());
        if (lanes != null) {
            Arrays.fill(lanes, NO_LANE);
        }
    }

    @Override
    public boolean hasLanes() {
        return lanes != null;
    }

    /// Without priorities: everything before it was handed out at least once, or is a hole. With them: everything before it is listed.
    @Override
    public long fresh() {
        return fresh;
    }

    @Override
    public void fresh(long offset) {
        fresh = Math.max(fresh, offset);
        while (!holes.isEmpty() && holes.peek() < fresh) {
            holes.poll();
        }
    }

    @Override
    public long count(long highWatermark) {
        return lanes != null ? listed : Math.max(0, highWatermark - fresh) - holes.size() + listed;
    }

    // ---- the first one

    /// Looks for the first ready message, or run of them.
    ///
    /// @return whether there is one: [#foundFirst] to [#foundLast]
    @Override
    public boolean find(long highWatermark) {
        return lanes == null ? findInRange(highWatermark) : findInLanes(lanes);
    }

    @Override
    public long foundFirst() {
        return foundFirst;
    }

    /// The last offset of the run that begins with the first; not all of them need exist.
    @Override
    public long foundLast() {
        return foundLast;
    }

    /// The note of the first, and of all in its run.
    @Override
    public int foundNote() {
        return foundNote;
    }

    private boolean findInRange(long highWatermark) {
        var back = returned[0].isEmpty() ? null : returned[0].firstEntry();
        if (back != null && (fresh >= highWatermark || back.getKey() < fresh)) {
            return found(back);
        }
        if (fresh >= highWatermark) {
            return false;
        }
        assert holes.isEmpty() || holes.peek() > fresh : "holes at the front are passed first";
        foundFirst = fresh;
        foundLast = holes.isEmpty() ? highWatermark - 1 : Math.min(highWatermark, holes.peek()) - 1;
        foundNote = 0;
        return true;
    }

    private boolean findInLanes(OffsetQueue[] all) {
        if (listed == 0) {
            return false;
        }
        for (int priority = highest; priority >= 0; priority--) {
            highest = priority;
            var back = returned[priority].isEmpty() ? null : returned[priority].firstEntry();
            long next = all[priority].peek();
            if (back != null && (next < 0 || back.getKey() < next)) {
                return found(back);
            }
            if (next >= 0) {
                foundFirst = next;
                foundLast = next;
                foundNote = Note.of(0, priority);
                return true;
            }
        }
        return false;
    }

    private boolean found(Map.Entry<Long, Integer> back) {
        foundFirst = back.getKey();
        foundLast = foundFirst;
        foundNote = back.getValue();
        return true;
    }

    @Override
    public void round() {}

    @Override
    public boolean findAt(long offset, long key, long highWatermark) {
        return isReady(offset, highWatermark);
    }

    @Override
    public boolean isReady(long offset, long highWatermark) {
        for (var lane : returned) {
            if (lane.containsKey(offset)) {
                return true;
            }
        }
        if (lanes == null) {
            return offset >= fresh && offset < highWatermark && !holes.contains(offset);
        }
        for (var lane : lanes) {
            if (lane.contains(offset)) {
                return true;
            }
        }
        return false;
    }

    // ---- changes

    @Override
    public void waits(long offset, long key) {
        if (lanes == null) {
            hole(offset);
        }
    }

    @Override
    public void left(long offset) {}

    /// The hole at the front; -1 when there is none: what comes first is ready.
    @Override
    public long holeInFront() {
        return !holes.isEmpty() && holes.peek() == fresh ? fresh : -1;
    }

    /// A message that is not ready lies there, at or behind `fresh`.
    @Override
    public void hole(long offset) {
        holes.add(offset);
    }

    /// Lists a message that came by.
    @Override
    public void list(long offset, int itsPriority, long key) {
        assert lanes != null : "only a queue with priorities lists what is ready";
        int priority = Math.min(itsPriority, lanes.length - 1);
        if (lanes[priority] == NO_LANE) {
            lanes[priority] = new OffsetQueue();
        }
        lanes[priority].add(offset);
        highest = Math.max(highest, priority);
        listed++;
    }

    @Override
    public void back(long offset, int note) {
        int priority = Math.min(Note.priority(note), returned.length - 1);
        if (!(returned[priority] instanceof TreeMap)) {
            returned[priority] = new TreeMap<>();
        }
        returned[priority].put(offset, note);
        highest = Math.max(highest, priority);
        listed++;
    }

    /// Takes a ready message out.
    ///
    /// @return its note; -1 when it was not there
    @Override
    public int take(long offset) {
        return lanes == null ? takeFromRange(offset) : takeFromLanes(lanes, offset);
    }

    private int takeFromRange(long offset) {
        if (!returned[0].isEmpty()) {
            var note = returned[0].remove(offset);
            if (note != null) {
                listed--;
                return note;
            }
        }
        if (offset < fresh) {
            return -1;
        }
        // What lies between does not exist: compaction took it, or it is a transaction's marker.
        fresh(offset + 1);
        return 0;
    }

    private int takeFromLanes(OffsetQueue[] all, long offset) {
        // Nearly always it is the one that was found.
        int note = takeFrom(all, highest, offset);
        for (int priority = highest - 1; note < 0 && priority >= 0; priority--) {
            note = takeFrom(all, priority, offset);
        }
        return note;
    }

    private int takeFrom(OffsetQueue[] all, int priority, long offset) {
        if (all[priority].peek() == offset) {
            all[priority].poll();
            listed--;
            return Note.of(0, priority);
        }
        var note = returned[priority].isEmpty() ? null : returned[priority].remove(offset);
        if (note == null) {
            if (!all[priority].take(offset)) {
                return -1;
            }
            note = Note.of(0, priority);
        }
        listed--;
        return note;
    }

    @Override
    public void dropBefore(long start, LongConsumer dropped) {
        for (var lane : returned) {
            while (!lane.isEmpty() && lane.firstKey() < start) {
                dropped.accept(lane.pollFirstEntry().getKey());
                listed--;
            }
        }
        if (lanes == null) {
            fresh(start);
            return;
        }
        for (var lane : lanes) {
            while (!lane.isEmpty() && lane.peek() < start) {
                dropped.accept(lane.poll());
                listed--;
            }
        }
    }

    // ---- looking at all

    /// The smallest offset that is ready or may become so; `Long.MAX_VALUE` when everything before the high watermark is gone.
    @Override
    public long smallestOffset() {
        long smallest = lanes == null ? fresh : Long.MAX_VALUE;
        for (var lane : returned) {
            if (!lane.isEmpty()) {
                smallest = Math.min(smallest, lane.firstKey());
            }
        }
        if (lanes != null) {
            for (var lane : lanes) {
                smallest = lane.isEmpty() ? smallest : Math.min(smallest, lane.peek());
            }
        }
        return smallest;
    }

    /// All that are ready: those that came back first, then the others.
    @Override
    public void forEach(long highWatermark, LongConsumer each) {
        forEachReturned((_, offset, _) -> each.accept(offset));
        if (lanes == null) {
            long[] next = {fresh};
            holes.forEach(
                    hole -> {
                        LongStream.range(next[0], Math.min(hole, highWatermark)).forEach(each);
                        next[0] = hole + 1;
                    });
            LongStream.range(next[0], highWatermark).forEach(each);
        } else {
            for (var lane : lanes) {
                lane.forEach(each);
            }
        }
    }

    @Override
    public void forEachReturned(DueHeap.Visitor visitor) {
        for (var lane : returned) {
            lane.forEach((offset, note) -> visitor.entry(0, offset, note));
        }
    }

    @Override
    public long returnedCount() {
        long count = 0;
        for (var lane : returned) {
            count += lane.size();
        }
        return count;
    }

    @Override
    public long holeBytes() {
        return holes.bytes();
    }

    @Override
    public OffsetQueue @Nullable [] lanes() {
        return lanes;
    }
}
