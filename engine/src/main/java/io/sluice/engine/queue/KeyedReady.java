package io.sluice.engine.queue;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which messages are ready where their keys matter: a lane for each key, and the lanes in turn. Owned by its queue's state.
///
/// ```text
///   turn ──▶ lane a: 3 7 8      lane b: 4      lane c: 5 6          out: 1 -> a (leased), 2 -> d (waits)
///            ▲ first            lane d is not in turn: it is empty, or locked
/// ```
///
/// *Strict* ([io.sluice.broker.queue.Order#KEY]): a lane of which a message is out, leased or waiting for its next try, is locked for all hand-outs but the one
/// that has locked it, and that one goes on with it as long as there is something: the messages of one key come together. *Fair*: a lane gives one
/// message and goes to the end of the line.
final class KeyedReady implements ReadyMessages {
    private final boolean strict;
    private final Map<Long, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> turn = new ArrayDeque<>(0);

    /// The lane of what is not in the place where it was listed first: leased, waiting, returned.
    private final Map<Long, Lane> out = new HashMap<>();

    private long fresh;
    private long listed;

    /// What the present hand-out has locked itself, and may go on with.
    private @Nullable Lane open;

    private @Nullable Lane found;
    private long foundFirst;
    private int foundNote;

    KeyedReady(boolean strict) {
        this.strict = strict;
    }

    @Override
    public boolean hasLanes() {
        return true;
    }

    @Override
    public long fresh() {
        return fresh;
    }

    @Override
    public void fresh(long offset) {
        fresh = Math.max(fresh, offset);
    }

    @Override
    public long count(long highWatermark) {
        return listed;
    }

    // ---- the first one

    @Override
    public void round() {
        open = null;
    }

    @Override
    public boolean find(long highWatermark) {
        var lane = open;
        if (lane == null || lane.firstInOrder() < 0) {
            lane = turn.peek();
        }
        found = lane;
        if (lane == null) {
            return false;
        }
        foundFirst = firstOf(lane);
        foundNote = lane.note(foundFirst);
        return true;
    }

    @Override
    public long foundFirst() {
        return foundFirst;
    }

    @Override
    public long foundLast() {
        return foundFirst;
    }

    @Override
    public int foundNote() {
        return foundNote;
    }

    @Override
    public boolean isReady(long offset, long highWatermark) {
        var lane = out.get(offset);
        return lane != null ? lane.isReturned(offset) : laneOfFresh(offset) != null;
    }

    @Override
    public boolean findAt(long offset, long key, long highWatermark) {
        var lane = out.get(offset);
        if (lane == null) {
            lane = lanes.get(key);
        }
        if (lane == null || (strict && lane.away > 0)) {
            return false;
        }
        if (!lane.isReturned(offset) && !lane.isFresh(offset)) {
            return false;
        }
        found = lane;
        foundFirst = offset;
        foundNote = lane.note(offset);
        return true;
    }

    // ---- changes

    @Override
    public long holeInFront() {
        return -1;
    }

    @Override
    public void hole(long offset) {
        throw new AssertionError("a lane has no holes: " + offset);
    }

    @Override
    public void list(long offset, int priority, long key) {
        var lane = lanes.computeIfAbsent(key, Lane::new);
        lane.add(offset);
        listed++;
        line(lane);
    }

    @Override
    public void waits(long offset, long key) {
        var lane = lanes.computeIfAbsent(key, Lane::new);
        lane.waits(offset);
        out.put(offset, lane);
    }

    /// At a start: a message that is leased, or waits for its next try, or has come back.
    void restoreOut(long offset, long key) {
        var lane = lanes.computeIfAbsent(key, Lane::new);
        lane.away++;
        out.put(offset, lane);
        line(lane);
    }

    @Override
    public void back(long offset, int note) {
        var lane = out.get(offset);
        assert lane != null : "what comes back was out: " + offset;
        lane.back(offset, note);
        listed++;
        line(lane);
    }

    @Override
    public int take(long offset) {
        var lane = found != null && foundFirst == offset ? found : laneOf(offset);
        found = null;
        if (lane == null) {
            return -1;
        }
        int note = lane.take(offset);
        if (note < 0) {
            return -1;
        }
        listed--;
        out.put(offset, lane);
        if (strict && lane.away == 1) {
            open = lane;
        }
        // To the end of the line, if it still has a place there.
        leaveTurn(lane);
        line(lane);
        return note;
    }

    @Override
    public void left(long offset) {
        var lane = out.remove(offset);
        if (lane == null) {
            return;
        }
        lane.left(offset);
        line(lane);
        if (lane.isEmpty()) {
            lanes.remove(lane.key);
        }
    }

    /// All that is ready, what was never handed out too.
    @Override
    public void dropBefore(long to, LongConsumer dropped) {
        if (smallestOffset() >= to) {
            return;
        }
        for (var lane : List.copyOf(lanes.values())) {
            lane.dropBefore(
                    to,
                    offset -> {
                        listed--;
                        out.remove(offset);
                        dropped.accept(offset);
                    });
            line(lane);
            if (lane.isEmpty()) {
                lanes.remove(lane.key);
            }
        }
        found = null;
        round();
    }

    // ---- looking at all

    @Override
    public long smallestOffset() {
        long smallest = Long.MAX_VALUE;
        for (var lane : lanes.values()) {
            smallest = Math.min(smallest, lane.smallestOffset());
        }
        return smallest;
    }

    @Override
    public void forEach(long highWatermark, LongConsumer each) {
        forEachReturned((_, offset, _) -> each.accept(offset));
        lanes.values().forEach(lane -> lane.forEachFresh(each));
    }

    @Override
    public void forEachReturned(DueHeap.Visitor visitor) {
        lanes.values().forEach(lane -> lane.forEachReturned(visitor));
    }

    @Override
    public long returnedCount() {
        return lanes.values().stream().mapToLong(Lane::returnedCount).sum();
    }

    @Override
    public long holeBytes() {
        return 0;
    }

    /// Whether nothing that is there has a key.
    boolean isWithoutKeys() {
        return lanes.isEmpty() || (lanes.size() == 1 && lanes.containsKey(0L));
    }

    /// All lanes as one: keys are not kept, they stand in the records.
    @Override
    public OffsetQueue[] lanes() {
        var all = new OffsetQueue();
        if (lanes.size() == 1) {
            lanes.values().iterator().next().forEachFresh(all::add);
        } else {
            var offsets = LongStream.builder();
            lanes.values().forEach(lane -> lane.forEachFresh(offsets::add));
            offsets.build().sorted().forEach(all::add);
        }
        return new OffsetQueue[] {all};
    }

    // ---- lanes and their turn

    private long firstOf(Lane lane) {
        return strict ? lane.firstInOrder() : lane.first();
    }

    private boolean mayHaveTurn(Lane lane) {
        return firstOf(lane) >= 0 && !(strict && lane.away > 0);
    }

    /// Puts a lane in line if it may have a turn.
    private void line(Lane lane) {
        if (!lane.inTurn && mayHaveTurn(lane)) {
            lane.inTurn = true;
            turn.add(lane);
        } else if (lane.inTurn && !mayHaveTurn(lane)) {
            leaveTurn(lane);
        }
    }

    private void leaveTurn(Lane lane) {
        if (lane.inTurn) {
            lane.inTurn = false;
            // Nearly always it is the first.
            turn.remove(lane);
        }
    }

    private @Nullable Lane laneOf(long offset) {
        var lane = out.get(offset);
        return lane != null ? lane : laneOfFresh(offset);
    }

    /// After a crash that has lost leases, or for one that is gone: asks every lane.
    private @Nullable Lane laneOfFresh(long offset) {
        for (var lane : lanes.values()) {
            if (lane.isFresh(offset)) {
                return lane;
            }
        }
        return null;
    }
}
