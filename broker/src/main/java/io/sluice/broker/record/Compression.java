package io.sluice.broker.record;

import org.jspecify.annotations.Nullable;

/// How a batch's records are compressed.
public enum Compression {
    NONE(0),
    GZIP(1),
    /// In the xerial framing of snappy-java; raw snappy is read too, as some clients send it.
    SNAPPY(2),
    /// The LZ4 frame format with independent blocks.
    LZ4(3),
    ZSTD(4);

    private final int id;

    Compression(int id) {
        this.id = id;
    }

    /// The number in a batch's attributes.
    public int id() {
        return id;
    }

    /// The codec with that number, or null when there is none.
    static @Nullable Compression of(int id) {
        return switch (id) {
            case 0 -> NONE;
            case 1 -> GZIP;
            case 2 -> SNAPPY;
            case 3 -> LZ4;
            case 4 -> ZSTD;
            default -> null;
        };
    }
}
