package io.sluice.engine.log.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What a commit batch says about itself, written twice: in front of its bytes and behind them, so that one damaged sector cannot hide
/// what the batch held. Drawn in docs/formats/journal.md.
///
/// ```text
///    0 magic u32 │ 4 crc32c of all behind it u32 │ 8 journal file u64 │ 16 number u64 │ 24 durable u64
///   32 generation u32 │ 36 blocks u32 │ 40 entries u32 │ 44 head length u32 │ 48 entries, 40 bytes each │ names
/// ```
///
/// @param sequence of the journal file it was written to: a recycled file's old batches carry another one
/// @param number counts batches, over all files
/// @param durable number of the last batch that was known to be forced when this one was written
/// @param generation counts the times that the store was opened: what an earlier one left behind a torn end is older
/// @param blocks length of the whole batch, in blocks
record BatchHead(
        long sequence, long number, long durable, int generation, int blocks, List<Entry> entries) {
    /// Batches start and end at multiples of this, so that a later one never rewrites a sector of an earlier one.
    static final int BLOCK = 4096;

    static final int FIXED = 48;
    static final int ENTRY = 40;
    /// Behind the second copy, at the very end of the batch: the head's length and a magic.
    static final int TRAILER = 8;

    static final int MAGIC = 0x534c4a31;
    static final int TRAILER_MAGIC = 0x314a4c53;

    private static final int BYTES = 1;
    private static final int REFERENCE = 2;
    private static final int CREATED = 3;
    private static final int DELETED = 4;
    private static final int TRIMMED = 5;

    BatchHead {
        entries = List.copyOf(entries);
    }

    /// A head without entries only passes on what is durable; the next batch is written over it.
    boolean isMark() {
        return entries.isEmpty();
    }

    int length() {
        return blocks * BLOCK;
    }

    /// The length of a head, or nothing if what stands at `at` is none.
    static int lengthAt(ByteBuffer bytes, int at) {
        if (bytes.limit() - at < FIXED || bytes.getInt(at) != MAGIC) {
            return -1;
        }
        var length = bytes.getInt(at + 44);
        var entries = bytes.getInt(at + 40);
        return entries < 0 || length < FIXED + (long) entries * ENTRY ? -1 : length;
    }

    /// Reads the head at `at`, when there is a whole and undamaged one.
    static Optional<BatchHead> parse(ByteBuffer bytes, int at) {
        var length = lengthAt(bytes, at);
        if (length < 0
                || length > bytes.limit() - at
                || bytes.getInt(at + 4) != checksum(bytes, at, length)) {
            return Optional.empty();
        }
        var count = bytes.getInt(at + 40);
        var entries = new ArrayList<Entry>(count);
        for (var i = 0; i < count; i++) {
            entries.add(entry(bytes, at, at + FIXED + i * ENTRY));
        }
        return Optional.of(
                new BatchHead(
                        bytes.getLong(at + 8),
                        bytes.getLong(at + 16),
                        bytes.getLong(at + 24),
                        bytes.getInt(at + 32),
                        bytes.getInt(at + 36),
                        entries));
    }

    /// ```text
    ///    0 type u8 │ 1 zero u24 │ 4 crc32c u32 │ 8 log u64 │ 16 position u64 │ 24 length u32 │ 28 offset u32 │ 32 segment u64
    /// ```
    private static Entry entry(ByteBuffer bytes, int head, int at) {
        var log = bytes.getLong(at + 8);
        var position = bytes.getLong(at + 16);
        var length = bytes.getInt(at + 24);
        var crc = bytes.getInt(at + 4);
        var offset = bytes.getInt(at + 28);
        return switch (bytes.get(at)) {
            case BYTES -> new Entry.Bytes(log, position, length, crc, offset);
            case REFERENCE ->
                    new Entry.Reference(log, position, length, crc, bytes.getLong(at + 32));
            case CREATED -> {
                var name = new byte[length];
                bytes.get(head + offset, name);
                yield new Entry.Created(log, new String(name, ISO_8859_1));
            }
            case DELETED -> new Entry.Deleted(log);
            case TRIMMED -> new Entry.Trimmed(log, position);
            default ->
                    throw new IllegalStateException(
                            "a batch of a later version: entry of type " + bytes.get(at));
        };
    }

    static int checksum(ByteBuffer bytes, int at, int length) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate().limit(at + length).position(at + 8));
        return (int) crc.getValue();
    }

    /// Writes a head into memory that the batch lies in, entry by entry.
    static final class Table {
        private final ByteBuffer bytes;
        private final int at;
        private final int count;
        private final int length;
        private int entry;
        private int name;

        /// @param at where the batch begins
        /// @param names length of all names together
        Table(ByteBuffer bytes, int at, int count, int names) {
            this.bytes = bytes;
            this.at = at;
            this.count = count;
            this.length = lengthOf(count, names);
            this.entry = at + FIXED;
            this.name = at + FIXED + count * ENTRY;
        }

        static int lengthOf(int count, int names) {
            return FIXED + count * ENTRY + names;
        }

        int length() {
            return length;
        }

        void bytes(long log, long position, int size, int crc, int offset) {
            put(BYTES, crc, log, position, size, offset, 0);
        }

        void reference(long log, long position, int size, int crc, long segment) {
            put(REFERENCE, crc, log, position, size, 0, segment);
        }

        void created(long log, byte[] text) {
            bytes.put(name, text);
            put(CREATED, 0, log, 0, text.length, name - at, 0);
            name += text.length;
        }

        void deleted(long log) {
            put(DELETED, 0, log, 0, 0, 0, 0);
        }

        void trimmed(long log, long position) {
            put(TRIMMED, 0, log, position, 0, 0, 0);
        }

        private void put(
                int type, int crc, long log, long position, int size, int offset, long segment) {
            bytes.putInt(entry, type << 24);
            bytes.putInt(entry + 4, crc);
            bytes.putLong(entry + 8, log);
            bytes.putLong(entry + 16, position);
            bytes.putInt(entry + 24, size);
            bytes.putInt(entry + 28, offset);
            bytes.putLong(entry + 32, segment);
            entry += ENTRY;
        }

        /// Completes the head and its copy at the end of the batch.
        void seal(long sequence, long number, long durable, int generation, int blocks) {
            assert entry == at + FIXED + count * ENTRY : "as many entries as were planned";
            bytes.putInt(at, MAGIC);
            bytes.putLong(at + 8, sequence);
            bytes.putLong(at + 16, number);
            bytes.putLong(at + 24, durable);
            bytes.putInt(at + 32, generation);
            bytes.putInt(at + 36, blocks);
            bytes.putInt(at + 40, count);
            bytes.putInt(at + 44, length);
            bytes.putInt(at + 4, checksum(bytes, at, length));
            var end = at + blocks * BLOCK;
            bytes.put(end - TRAILER - length, bytes, at, length);
            bytes.putInt(end - TRAILER, length);
            bytes.putInt(end - TRAILER + 4, TRAILER_MAGIC);
        }
    }
}
