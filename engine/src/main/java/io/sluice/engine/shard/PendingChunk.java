package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Chunk;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A chunk on its way into a log, and what its shard does when the store is through with it. The store's thread only leaves the
/// outcome here and rings, once for all that became durable together; everything else happens on the shard's thread.
abstract class PendingChunk implements Chunk {
    /// Tells success from "nothing yet"; never thrown, so its missing stack is no loss.
    @SuppressWarnings("StaticAssignmentOfThrowable") // a mark, of the type that its field has
    private static final IOException DURABLE = new IOException("durable");

    private final Buffer data;
    private volatile @Nullable IOException outcome;
    private final Mailbox mailbox;

    /// The next one of its queue.
    @Nullable PendingChunk next;

    /// @param mailbox of the shard that waits
    PendingChunk(Buffer data, Mailbox mailbox) {
        this.data = data;
        this.mailbox = mailbox;
    }

    /// On the shard's thread, in the order of appending.
    ///
    /// @param failure null: durable
    abstract void settled(Shard shard, @Nullable IOException failure);

    final boolean isSettled() {
        return outcome != null;
    }

    /// Why it was not appended; null when it was, or nothing is known yet.
    final @Nullable IOException failure() {
        var how = outcome;
        return how == DURABLE ? null : how;
    }

    final void settle(Shard shard) {
        var how = outcome;
        assert how != null : "only what the store is through with can be settled";
        settled(shard, how == DURABLE ? null : how);
    }

    @Override
    public final Buffer data() {
        return data;
    }

    @Override
    public boolean forced() {
        return true;
    }

    @Override
    public final void completed() {
        outcome = DURABLE;
    }

    @Override
    public final void groupCompleted() {
        mailbox.ring();
    }

    @Override
    public final void failed(IOException cause) {
        outcome = cause;
        mailbox.ring();
    }
}
