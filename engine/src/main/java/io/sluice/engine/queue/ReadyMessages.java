package io.sluice.engine.queue;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Which messages of a queue are ready, and which is the first. Owned by its queue's state.
///
/// What is *listed* was examined one by one; otherwise the ready ones are a range, and need no memory each.
sealed interface ReadyMessages permits Ready, KeyedReady {
    /// Whether every ready message is listed.
    boolean hasLanes();

    /// Not listed: everything before it was handed out at least once, or is a hole. Listed: everything before it is.
    long fresh();

    void fresh(long offset);

    long count(long highWatermark);

    // ---- the first one

    /// A hand-out ends: what it has locked is locked for the next one too.
    void round();

    /// Looks for the first ready message, or run of them.
    ///
    /// @return whether there is one: [#foundFirst] to [#foundLast]
    boolean find(long highWatermark);

    long foundFirst();

    /// The last offset of the run that begins with the first; not all of them need exist.
    long foundLast();

    /// The note of the first, and of all in its run.
    int foundNote();

    /// Whether it is ready, wherever it stands. May look at all of them.
    boolean isReady(long offset, long highWatermark);

    /// Whether it may be handed out now: see [QueueState#findAt].
    boolean findAt(long offset, long key, long highWatermark);

    // ---- changes

    /// The hole at the front; -1 when there is none: what comes first is ready.
    long holeInFront();

    /// A message that is not ready lies there, at or behind `fresh`.
    void hole(long offset);

    /// Lists a message that came by.
    ///
    /// @param key 0: it has none
    void list(long offset, int priority, long key);

    /// A message that came by and that waits for its time.
    void waits(long offset, long key);

    /// A message that was out is ready again, at its place.
    void back(long offset, int note);

    /// Takes a ready message out.
    ///
    /// @return its note; -1 when it was not there
    int take(long offset);

    /// A message that was out, and of which [#back] was not told, is gone.
    void left(long offset);

    /// Takes out all before `start`.
    ///
    /// @param dropped told of each that came back or was listed
    void dropBefore(long start, LongConsumer dropped);

    // ---- looking at all

    /// The smallest offset that is ready or may become so; `Long.MAX_VALUE` when everything before the high watermark is gone.
    long smallestOffset();

    /// All that are ready: those that came back first, then the others.
    void forEach(long highWatermark, LongConsumer each);

    void forEachReturned(DueHeap.Visitor visitor);

    long returnedCount();

    /// Memory that holes take.
    long holeBytes();

    /// What is listed, by priority; null when nothing is.
    OffsetQueue @Nullable [] lanes();
}
