package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.Storage;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The checksums of one segment's bytes: ranges in order of position, as they were settled.
///
/// ```text
///   0 position u64 │ 8 length u32 │ 12 crc32c of the bytes u32 │ 16 zero u32 │ 20 crc32c of the 20 bytes before u32
/// ```
final class SegmentSums {
    private static final int RECORD = 24;

    private final long[] positions;
    private final int[] lengths;
    private final int[] crcs;

    private SegmentSums(int count) {
        this.positions = new long[count];
        this.lengths = new int[count];
        this.crcs = new int[count];
    }

    /// @param crc CRC32C of the bytes
    record Range(long position, int length, int crc) {
        long end() {
            return position + length;
        }
    }

    /// Reads the first `count` records. A damaged one vouches for nothing.
    static SegmentSums load(Storage storage, String path, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count * RECORD);
        try (var file = storage.open(path, false)) {
            for (var at = 0; bytes.hasRemaining(); at = bytes.position()) {
                if (file.read(at, bytes) < 0) {
                    break;
                }
            }
        } catch (NoSuchFileException e) {
            return new SegmentSums(0);
        }
        bytes.flip();
        var sums = new SegmentSums(bytes.remaining() / RECORD);
        for (var i = 0; i < sums.positions.length; i++) {
            var record = bytes.slice(i * RECORD, RECORD);
            var sound = RunReader.checksum(record.duplicate().limit(20)) == record.getInt(20);
            // A record that is none keeps the order that the search relies on.
            sums.positions[i] =
                    sound
                            ? record.getLong(0)
                            : i == 0 ? 0 : sums.positions[i - 1] + sums.lengths[i - 1];
            sums.lengths[i] = sound ? record.getInt(8) : 0;
            sums.crcs[i] = record.getInt(12);
        }
        return sums;
    }

    /// Writes the ranges behind the first `count` ones.
    static void append(StoredFile file, int count, List<Range> ranges) throws IOException {
        var bytes = ByteBuffer.allocate(ranges.size() * RECORD);
        for (var range : ranges) {
            var at = bytes.position();
            bytes.putLong(range.position).putInt(range.length).putInt(range.crc).putInt(0);
            bytes.putInt(RunReader.checksum(bytes.duplicate().flip().position(at)));
        }
        file.write((long) count * RECORD, bytes.flip());
    }

    @Nullable Range covering(long position) {
        var found = Arrays.binarySearch(positions, position);
        for (var i = found >= 0 ? found : -found - 2; i >= 0 && i < positions.length; i--) {
            if (lengths[i] > 0) {
                return positions[i] + lengths[i] > position
                        ? new Range(positions[i], lengths[i], crcs[i])
                        : null;
            }
        }
        return null;
    }

    /// Where the first range behind `position` begins; `Long.MAX_VALUE` when there is none.
    long next(long position) {
        var found = Arrays.binarySearch(positions, position + 1);
        for (var i = found >= 0 ? found : -found - 1; i < positions.length; i++) {
            if (lengths[i] > 0) {
                return positions[i];
            }
        }
        return Long.MAX_VALUE;
    }

    int count() {
        return positions.length;
    }
}
