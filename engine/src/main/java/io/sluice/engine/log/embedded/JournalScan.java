package io.sluice.engine.log.embedded;

import static io.sluice.engine.log.embedded.BatchHead.BLOCK;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the batches in the journal's files by their heads, and how far they are known to have been forced.
///
/// Where a head is expected and none is found, there are three cases. The batch's second head is there: it takes the first one's place.
/// A later head says that the missing batch was forced: it was damaged, and the scan goes on behind it. Or neither: the journal
/// ends here, whatever stands behind was torn or never finished.
final class JournalScan {
    private static final Logger log = LoggerFactory.getLogger(JournalScan.class);
    /// No batch is longer than this.
    private static final int BATCH_MAX = 16 << 20;

    private final List<Found> found = new ArrayList<>();
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private long expected;
    private long durable = -1;
    private int generation;

    /// @param expected the number of the first batch
    JournalScan(long expected) {
        this.expected = expected;
    }

    /// A batch in its file.
    ///
    /// @param end where it ends, when only its second head is sound; otherwise -1
    record Found(JournalFile file, long offset, long number, long end) {
        BatchHead head() throws IOException {
            var head =
                    end < 0
                            ? read(file.file, offset, ByteBuffer.allocate(BLOCK))
                            : behind(file.file, end);
            return head.orElseThrow(
                    () -> new CorruptDataException("batch " + number + " of " + file + " changed"));
        }
    }

    List<Found> found() {
        return found;
    }

    /// The number of the last batch found.
    long last() {
        return expected - 1;
    }

    /// The last batch that is known to have been forced.
    long durable() {
        return durable;
    }

    int generation() {
        return generation;
    }

    /// Scans the next file of the journal and sets its tail.
    void scan(JournalFile file) throws IOException {
        var at = 0L;
        while (at < file.size) {
            var head = headAt(file, at).filter(one -> one.number() == expected);
            var second = head.isEmpty();
            if (second) {
                head = secondHead(file, at);
            }
            if (head.isEmpty()) {
                var next = provenBehind(file, at);
                if (next < 0) {
                    break;
                }
                at = next;
                continue;
            }
            var batch = head.get();
            durable = Math.max(durable, batch.durable());
            if (batch.isMark()) {
                break;
            }
            found.add(new Found(file, at, batch.number(), second ? at + batch.length() : -1));
            generation = batch.generation();
            file.lastBatch = batch.number();
            expected = batch.number() + 1;
            at += batch.length();
        }
        file.tail = at;
    }

    private Optional<BatchHead> headAt(JournalFile file, long at) throws IOException {
        return read(file.file, at, block)
                .filter(
                        head ->
                                head.sequence() == file.sequence
                                        && head.generation() >= generation
                                        && head.blocks() > 0
                                        && at + head.length() <= file.size);
    }

    /// The head behind the bytes of the batch that begins at `begin`.
    private Optional<BatchHead> secondHead(JournalFile file, long begin) throws IOException {
        for (var end = begin + BLOCK; end <= Math.min(file.size, begin + BATCH_MAX); end += BLOCK) {
            var head = behind(file.file, end);
            if (head.isPresent()
                    && head.get().sequence() == file.sequence
                    && head.get().generation() >= generation
                    && head.get().number() == expected
                    && head.get().length() == end - begin
                    && !head.get().isMark()) {
                log.info(
                        "journal batch {} at {} of {} has a damaged head, its second one is used",
                        expected,
                        begin,
                        file);
                return head;
            }
        }
        return Optional.empty();
    }

    /// The next batch that proves that the expected one had been forced.
    private long provenBehind(JournalFile file, long begin) throws IOException {
        for (var at = begin; at < Math.min(file.size, begin + BATCH_MAX); at += BLOCK) {
            if (proven(file, at)) {
                return at;
            }
        }
        return -1;
    }

    /// Whether the batch at `at` was written after the expected one had been forced. It is then the next one expected.
    private boolean proven(JournalFile file, long at) throws IOException {
        var head = headAt(file, at);
        if (head.isEmpty() || head.get().number() <= expected || head.get().durable() < expected) {
            return false;
        }
        log.error(
                "journal batches {} to {} are damaged beyond repair, before {} of {}",
                expected,
                head.get().number() - 1,
                at,
                file);
        expected = head.get().number();
        return true;
    }

    private static Optional<BatchHead> read(StoredFile file, long at, ByteBuffer block)
            throws IOException {
        if (fill(file, at, block.clear()) < BatchHead.FIXED) {
            return Optional.empty();
        }
        var length = BatchHead.lengthAt(block, 0);
        if (length <= block.limit()) {
            return length < 0 ? Optional.empty() : BatchHead.parse(block, 0);
        }
        if (length > BATCH_MAX) {
            return Optional.empty();
        }
        var whole = ByteBuffer.allocate(length);
        fill(file, at, whole);
        return BatchHead.parse(whole, 0);
    }

    /// The head whose copy ends a batch at `end`.
    static Optional<BatchHead> behind(StoredFile file, long end) throws IOException {
        var trailer = ByteBuffer.allocate(BatchHead.TRAILER);
        fill(file, end - BatchHead.TRAILER, trailer);
        var length = trailer.limit() < BatchHead.TRAILER ? -1 : trailer.getInt(0);
        if (length < BatchHead.FIXED
                || length > Math.min(BATCH_MAX, end - BatchHead.TRAILER)
                || trailer.getInt(4) != BatchHead.TRAILER_MAGIC) {
            return Optional.empty();
        }
        var copy = ByteBuffer.allocate(length);
        fill(file, end - BatchHead.TRAILER - length, copy);
        return BatchHead.parse(copy, 0);
    }

    /// Reads as much as there is and flips the buffer.
    private static int fill(StoredFile file, long at, ByteBuffer into) throws IOException {
        while (into.hasRemaining() && file.read(at + into.position(), into) >= 0) {
            // The file ends where it ends.
        }
        into.flip();
        return into.limit();
    }
}
