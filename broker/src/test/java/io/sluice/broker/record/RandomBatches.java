package io.sluice.broker.record;

import io.sluice.base.Rng;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Random records, and batches of them.
final class RandomBatches {
    private RandomBatches() {}

    /// A record with everything that it holds.
    record Full(
            long offset,
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<Header> headers) {}

    static List<Full> records(Rng rng, long baseOffset) {
        var records = new ArrayList<Full>();
        long offset = baseOffset;
        for (int left = rng.below(30); left >= 0; left--) {
            records.add(
                    new Full(
                            offset,
                            1_700_000_000_000L + rng.between(-5000, 5000),
                            bytes(rng, 40),
                            bytes(rng, 900),
                            headers(rng)));
            offset += rng.chance(80) ? 1 : rng.between(2, 100);
        }
        return records;
    }

    static RecordBatch batch(Compression compression, List<Full> records) {
        var builder =
                new BatchBuilder(
                        compression, records.getFirst().offset, records.getFirst().timestamp);
        for (var it : records) {
            builder.add(it.offset, it.timestamp, it.key, it.value, it.headers);
        }
        return builder.build();
    }

    private static @Nullable ByteBuffer bytes(Rng rng, int max) {
        if (rng.chance(10)) {
            return null;
        }
        // Half of it repeats, so that compression has something to do.
        var bytes = rng.bytes(rng.below(max));
        for (int i = bytes.length / 2; i < bytes.length; i++) {
            bytes[i] = 'a';
        }
        return ByteBuffer.wrap(bytes);
    }

    private static List<Header> headers(Rng rng) {
        var headers = new ArrayList<Header>();
        for (int left = rng.below(4); left > 0; left--) {
            headers.add(new Header("kopf-ä-" + left, bytes(rng, 20)));
        }
        return headers;
    }

    static List<Full> read(Records records) {
        var all = new ArrayList<Full>();
        while (records.next()) {
            all.add(
                    new Full(
                            records.offset(),
                            records.timestamp(),
                            records.key(),
                            records.value(),
                            records.headers()));
        }
        return all;
    }
}
