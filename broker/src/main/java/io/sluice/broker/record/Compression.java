package io.sluice.broker.record;

import org.jspecify.annotations.Nullable;

/// How a batch's records are compressed; the ordinal is the number in the batch's attributes.
public enum Compression {
    NONE,
    GZIP,
    /// In the xerial framing of snappy-java; raw snappy is read too, as some clients send it.
    SNAPPY,
    /// The LZ4 frame format with independent blocks.
    LZ4,
    ZSTD;

    private static final Compression[] BY_ID = values();

    /// The number in the attributes, 0 to 4.
    public int id() {
        return ordinal();
    }

    /// The codec with that number, or null when there is none.
    static @Nullable Compression of(int id) {
        return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
    }
}
