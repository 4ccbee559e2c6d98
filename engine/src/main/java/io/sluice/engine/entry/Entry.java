package io.sluice.engine.entry;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// How an entry lies in its log; the package draws it.
final class Entry {
    static final short MAGIC = 0x51CE;
    static final byte VERSION = 1;
    static final int HEADER_BYTES = 12;
    static final int LENGTH_AT = 4;
    static final int CHECKSUM_AT = 8;

    /// An entry longer than this is taken for damage before anything is allocated for it.
    static final int PAYLOAD_BYTES_MAX = 512 << 20;

    private Entry() {}

    /// The checksum of the entry that begins at `at`, whose payload has `length` bytes.
    static int checksum(ByteBuffer bytes, int at, int length) {
        var crc = new CRC32C();
        crc.update(bytes.slice(at + 2, CHECKSUM_AT - 2));
        crc.update(bytes.slice(at + HEADER_BYTES, length));
        return (int) crc.getValue();
    }
}
