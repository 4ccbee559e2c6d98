package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The journal's files on their way round.
///
/// ```text
///   prepare ──▶ next ──▶ current ──▶ sealed ──▶ settled ──▶ spare
///      ▲                                                      │
///      └───────────────── recycled under a new name ──────────┘
/// ```
///
/// The writer takes the next and seals the current one; all else is the settler's.
final class JournalFiles {
    private static final int SPARE_MAX = 1;
    private static final int ZEROS = 1 << 20;
    private static final long FORCE_EVERY = 16 << 20;
    private static final String UNFINISHED = JournalFile.DIRECTORY + "/unfinished";

    private final Storage storage;
    private final StoreSettings settings;
    private final AtomicReference<@Nullable JournalFile> next = new AtomicReference<>();
    private final ConcurrentLinkedDeque<JournalFile> sealed = new ConcurrentLinkedDeque<>();
    private final AtomicLong sealedBytes = new AtomicLong();
    private final List<JournalFile> spare = new ArrayList<>();
    private volatile boolean wanted;
    private volatile JournalFile current;

    /// @param unsettled the files that recovery found, the oldest first; the last one is written on
    JournalFiles(Storage storage, StoreSettings settings, List<JournalFile> unsettled)
            throws IOException {
        this.storage = storage;
        this.settings = settings;
        for (var file : unsettled.subList(0, Math.max(0, unsettled.size() - 1))) {
            seal(file);
        }
        this.current =
                unsettled.isEmpty() ? create(1, settings.journalBytesFirst()) : unsettled.getLast();
    }

    // ---- the writer's ----

    JournalFile current() {
        return current;
    }

    /// Whether the writer may go on to the next file. Not while too much is unsettled, unless it is `urgent`.
    boolean ready(boolean urgent) {
        return next.get() != null
                && (urgent || sealedBytes.get() + current.size <= settings.unsettledBytesMax());
    }

    /// Whether the writer would soon have to wait for the settler.
    boolean pressing() {
        return sealedBytes.get() + 2 * current.size > settings.unsettledBytesMax();
    }

    /// Asks the settler for the next file.
    ///
    /// @return true when it was not asked before
    boolean want() {
        if (wanted || next.get() != null) {
            return false;
        }
        wanted = true;
        return true;
    }

    void roll() {
        var file = next.getAndSet(null);
        assert file != null : "the writer rolls only when the next file is ready";
        seal(current);
        current = file;
    }

    private void seal(JournalFile file) {
        sealedBytes.addAndGet(file.size);
        sealed.addLast(file);
    }

    // ---- the settler's ----

    boolean wanted() {
        return wanted;
    }

    int sealedCount() {
        return sealed.size();
    }

    long unsettledBytes() {
        return sealedBytes.get() + current.tail;
    }

    @Nullable JournalFile oldestSealed() {
        return sealed.peekFirst();
    }

    /// How large the next file is.
    long nextSize() {
        return Math.clamp(
                current.size * 2, settings.journalBytesFirst(), settings.journalBytesMax());
    }

    /// Makes the next file, of a spare one where there is one that is large enough.
    void prepare() throws IOException {
        var sequence = current.sequence + 1;
        while (!spare.isEmpty() && spare.getFirst().size < nextSize()) {
            discard(spare.removeFirst());
        }
        next.set(
                spare.isEmpty()
                        ? create(sequence, nextSize())
                        : recycle(spare.removeFirst(), sequence));
        wanted = false;
    }

    /// Takes back a file that nothing refers to any more and that no checkpoint needs.
    void settled(JournalFile file) throws IOException {
        var oldest = sealed.pollFirst();
        assert oldest == file : "the oldest file is settled first";
        sealedBytes.addAndGet(-file.size);
        if (spare.size() < SPARE_MAX && file.unread() && file.size >= nextSize()) {
            spare.add(file);
        } else {
            discard(file);
        }
    }

    void close() {
        current.letGo();
        sealed.forEach(JournalFile::letGo);
        spare.forEach(JournalFile::letGo);
        var prepared = next.get();
        if (prepared != null) {
            prepared.letGo();
        }
    }

    private void discard(JournalFile file) throws IOException {
        storage.delete(file.path());
        file.letGo();
    }

    private JournalFile recycle(JournalFile file, long sequence) throws IOException {
        file.letGo();
        storage.rename(file.path(), JournalFile.path(sequence));
        storage.forceDirectory(JournalFile.DIRECTORY);
        return new JournalFile(
                sequence, storage.open(JournalFile.path(sequence), false), file.size);
    }

    /// Writes the file with zeros under another name first: a journal file is never seen half made.
    private JournalFile create(long sequence, long size) throws IOException {
        storage.createDirectory(JournalFile.DIRECTORY);
        var zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, size));
        try (var file = storage.open(UNFINISHED, true)) {
            for (long at = 0, unforced = 0; at < size; at += zeros.capacity()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
                file.write(at, zeros);
                unforced += zeros.limit();
                if (unforced >= FORCE_EVERY) {
                    file.force();
                    unforced = 0;
                }
            }
            file.truncate(size);
            file.force();
        }
        storage.rename(UNFINISHED, JournalFile.path(sequence));
        storage.forceDirectory(JournalFile.DIRECTORY);
        return new JournalFile(sequence, storage.open(JournalFile.path(sequence), false), size);
    }
}
