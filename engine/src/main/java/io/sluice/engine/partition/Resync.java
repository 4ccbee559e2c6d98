package io.sluice.engine.partition;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Finds the next intact batch behind damaged bytes: the first place where a header makes sense, the offset is a later one, and
/// the checksum is right.
final class Resync {
    private static final int WINDOW_BYTES = 256 * 1024;

    /// What a store may hold back as a whole when one byte in it is damaged.
    private static final int UNREADABLE_STEP = 512;

    private Resync() {}

    /// @param from first position to try
    /// @param end where the last batch ends
    /// @param leastOffset the batch's base offset is this or larger
    /// @return where the batch starts; `end` when there is none
    static long find(Log log, long from, long end, long leastOffset) throws IOException {
        int step = WINDOW_BYTES;
        var window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, Math.max(0, end - from)));
        for (long at = from; at < end; ) {
            window.clear().limit((int) Math.min(Math.min(step, window.capacity()), end - at));
            try {
                log.read(at, window);
            } catch (CorruptDataException unreadable) {
                // One damaged byte fails a read of many: try fewer, and step over what even few
                // cannot get.
                if (step > UNREADABLE_STEP) {
                    step /= 2;
                } else {
                    at += UNREADABLE_STEP;
                }
                continue;
            }
            long found = firstBatch(log, at, window.flip(), end, leastOffset);
            if (found >= 0) {
                return found;
            }
            at += Math.max(1, window.limit() - BatchReference.MAGIC_AT);
            step = WINDOW_BYTES;
        }
        return end;
    }

    private static long firstBatch(Log log, long at, ByteBuffer window, long end, long leastOffset)
            throws IOException {
        for (int i = 0; i + BatchReference.MAGIC_AT < window.limit(); i++) {
            byte magic = window.get(i + BatchReference.MAGIC_AT);
            if ((magic == BatchReference.WHOLE_MAGIC || magic == BatchReference.MAGIC)
                    && window.get(i) >= 0
                    && isBatch(log, at + i, end, leastOffset)) {
                return at + i;
            }
        }
        return -1;
    }

    private static boolean isBatch(Log log, long at, long end, long leastOffset)
            throws IOException {
        var scan = new BatchScan(log, at, end, BatchScan.SEEK_BYTES);
        try {
            return scan.next() && scan.header().baseOffset() >= leastOffset && scan.isIntact();
        } catch (CorruptDataException no) {
            return false;
        }
    }
}
