package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.BatchHead.BLOCK;

import io.sluice.engine.drive.Bell;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.storage.NoSpaceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The journal's writer: takes what arrived, writes it in one go, forces it, tells.
///
/// A turn holds [#commit] from the first look into the inbox to the last completion, so whoever takes that lock (to fence a log) finds
/// nothing half done. The lock is fair: a busy writer lets others in between two batches.
final class Journal implements Duty {
    final ReentrantLock commit = new ReentrantLock(true);

    private final StoreSettings settings;
    private final Inbox inbox;
    private final JournalFiles files;
    private final BlockCache cache;
    private final LargeChunks large;
    private final Space space;
    private final Failure failure;
    private final Bell settler;
    private final Counters counters;
    private final CommitBatch batch;
    private final int generation;

    private @Nullable Block block;
    /// The number of the next batch.
    private long number;
    /// The last batch that was forced, and the one that says so on the disk.
    private long durable;
    private long told;
    private boolean unforced;

    Journal(
            StoreSettings settings,
            Inbox inbox,
            JournalFiles files,
            BlockCache cache,
            LargeChunks large,
            Space space,
            Failure failure,
            Bell settler,
            Counters counters,
            Recovered.Ends ends) {
        this.settings = settings;
        this.inbox = inbox;
        this.files = files;
        this.cache = cache;
        this.large = large;
        this.space = space;
        this.failure = failure;
        this.settler = settler;
        this.counters = counters;
        this.batch = new CommitBatch(settings.batchBytesMax());
        this.generation = ends.generation();
        this.number = ends.lastBatch() + 1;
        this.durable = ends.lastBatch();
        this.told = -1;
    }

    @Override
    public boolean isLittle() {
        return inbox.isLittle();
    }

    @Override
    public boolean turn() {
        commit.lock();
        try {
            var taken = gather();
            if (!batch.isEmpty()) {
                commit();
            }
            return taken;
        } catch (IOException | RuntimeException e) {
            failure.failed(e);
            refuseBatch(failureCause());
            return true;
        } finally {
            batch.clear();
            commit.unlock();
        }
    }

    // ---- gather ----

    /// @return whether anything was taken from the inbox
    private boolean gather() throws IOException {
        var taken = false;
        large.begin();
        // What is carried makes an old file free: it may go on even when too much is unsettled
        // already.
        var limit =
                files.ready(inbox.peekControl() != null)
                        ? settings.batchBytesMax()
                        : Math.min(settings.batchBytesMax(), files.current().room());
        for (var control = inbox.peekControl();
                control != null && admits(control, limit);
                control = inbox.peekControl()) {
            inbox.takeControl();
            admit(control);
            taken = true;
        }
        for (var chunk = inbox.peek(); chunk != null; chunk = inbox.peek()) {
            var refusal = refusal(chunk);
            if (refusal == null && !fits(chunk, limit)) {
                break;
            }
            inbox.take();
            if (refusal == null) {
                refusal = admit(chunk);
            }
            if (refusal != null) {
                chunk.refuse(refusal);
            }
            taken = true;
        }
        if (!taken && (inbox.peek() != null || inbox.peekControl() != null)) {
            files.want();
            settler.ring();
        }
        return taken;
    }

    private boolean admits(Control control, long limit) {
        return failure.cause() != null
                || switch (control) {
                    case Control.Carry(var log, var runs, var bytes, var _) ->
                            log.deleted || batch.fits(log, runs.size(), bytes, limit);
                    case Control.Delete _, Control.Trim _ -> batch.fits(control.log(), 1, 0, limit);
                };
    }

    private void admit(Control control) {
        var log = control.log();
        var gone =
                switch (control) {
                    case Control.Delete _ -> !log.journalled;
                    case Control.Trim _, Control.Carry _ -> log.deleted;
                };
        if (gone) {
            control.done();
        } else if (failure.cause() == null) {
            batch.add(control);
        }
    }

    private boolean fits(Pending chunk, long limit) {
        var log = chunk.handle.log;
        return goesToSegment(chunk)
                ? large.bytes() < 8L * settings.batchBytesMax()
                        && batch.fits(log, CommitBatch.pieces(chunk.length), 0, limit)
                : batch.fits(log, 1, chunk.length, limit);
    }

    /// Each segment in a batch costs one more force: beyond a few, what fits goes into the journal.
    private boolean goesToSegment(Pending chunk) {
        return chunk.length >= settings.largeChunkBytes()
                && (chunk.length > settings.batchBytesMax() / 2 || large.takes(chunk.handle.log));
    }

    private @Nullable IOException refusal(Pending chunk) throws IOException {
        var handle = chunk.handle;
        if (failure.cause() != null) {
            return failureCause();
        }
        if (handle.isFenced()) {
            return handle.fenced();
        }
        if (handle.broken != null) {
            return handle.broken;
        }
        var prevented = chunk.chunk.prevented();
        if (prevented != null) {
            return prevented;
        }
        var wasOut = space.isOut();
        var full = space.refusal(chunk.length);
        if (wasOut && full == null) {
            settler.ring();
        }
        return full;
    }

    private @Nullable IOException admit(Pending chunk) throws IOException {
        var log = chunk.handle.log;
        assert chunk.position == log.writerNext : "chunks of " + log + " arrive in order";
        if (goesToSegment(chunk)) {
            try {
                chunk.segment = large.write(log, chunk);
            } catch (NoSpaceException e) {
                space.ranOut(chunk.length, String.valueOf(e.getMessage()));
                return new StorageFullException("no room: " + e.getMessage());
            }
        }
        batch.add(chunk);
        log.writerNext += chunk.length;
        return null;
    }

    // ---- commit ----

    private void commit() throws IOException {
        var size = batch.size();
        if (size > files.current().room()) {
            roll();
        }
        var file = files.current();
        var home = block(size);
        var at = home.end();
        batch.layOut(home, file, file.tail, new CommitBatch.Numbering(number, durable, generation));
        try {
            file.file.write(file.tail, home.memory().duplicate().limit(at + size).position(at));
        } catch (NoSpaceException e) {
            takeBack(e, size);
            return;
        }
        told = durable;
        file.tail += size;
        file.lastBatch = number;
        unforced = true;
        number++;
        if (batch.forced()) {
            force();
        }
        counters.committed(batch.chunks().size(), size);
        batch.done();
        tell();
        if (file.room() < file.size / 2 && files.want()) {
            settler.ring();
        }
    }

    private void roll() throws IOException {
        if (unforced) {
            force();
        }
        files.roll();
        block = null;
        settler.ring();
    }

    /// Forces all that was written, up to the batch whose number is next.
    private void force() throws IOException {
        large.force();
        files.current().file.force();
        counters.forced();
        durable = number - 1;
        unforced = false;
    }

    private Block block(int size) {
        if (block == null || block.free() < size) {
            block = cache.fresh();
            files.current().blocks.add(block);
        }
        return block;
    }

    private void tell() {
        for (var log : batch.logs()) {
            log.publish();
        }
        for (var control : batch.controls()) {
            if (control instanceof Control.Carry(var log, var _, var _, var _)) {
                log.publish();
            }
            control.done();
        }
        for (var chunk : batch.chunks()) {
            chunk.complete();
        }
        for (var chunk : batch.chunks()) {
            chunk.groupComplete();
        }
    }

    /// There was no room for a batch, though its file was written in full before: a file system that never overwrites in place. What
    /// may stand of the batch must not come back after the refusal, so a mark goes over it.
    private void takeBack(NoSpaceException e, int size) throws IOException {
        space.ranOut(size, String.valueOf(e.getMessage()));
        writeMark();
        for (var control : batch.controls()) {
            inbox.offer(control);
        }
        refuseBatch(new StorageFullException("no room: " + e.getMessage()));
    }

    private void refuseBatch(IOException cause) {
        batch.undo();
        for (var chunk : batch.chunks()) {
            chunk.refuse(cause);
        }
    }

    /// The store is closed: refuses what is left in the inbox, and `last` if it is not in there.
    void refuseRest(@Nullable Pending last) {
        commit.lock();
        try {
            var cause = new IOException("the log store is closed");
            for (var chunk = inbox.peek(); chunk != null; chunk = inbox.peek()) {
                inbox.take();
                chunk.refuse(cause);
            }
            if (last != null) {
                last.refuse(cause);
            }
        } finally {
            commit.unlock();
        }
    }

    private IOException failureCause() {
        var cause = failure.cause();
        assert cause != null : "asked only after a failure";
        return cause;
    }

    // ---- rest and close ----

    /// Says on the disk how far it is forced, where the next batch will go over it: a flipped bit in the last batch can then be told
    /// from one that was torn.
    @Override
    public void rest() {
        commit.lock();
        try {
            if (failure.cause() == null && told < durable && files.current().room() >= BLOCK) {
                writeMark();
            }
        } catch (IOException e) {
            failure.failed(e);
        } finally {
            commit.unlock();
        }
    }

    private void writeMark() throws IOException {
        var file = files.current();
        var mark = ByteBuffer.allocateDirect(BLOCK);
        new BatchHead.Table(mark, 0, 0, 0).seal(file.sequence, number, durable, generation, 1);
        file.file.write(file.tail, mark);
        told = durable;
    }

    /// Forces what is written; the last act.
    void finish() throws IOException {
        commit.lock();
        try {
            if (failure.cause() == null) {
                if (unforced) {
                    force();
                }
                if (files.current().room() >= BLOCK) {
                    writeMark();
                    files.current().file.force();
                }
            }
        } catch (IOException e) {
            failure.failed(e);
            throw e;
        } finally {
            commit.unlock();
        }
    }
}
