package io.sluice.engine.partition;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The last offset of every key in a run of records, in bounded memory: an open-addressed table of 128-bit key hashes, 24 bytes per slot.
///
/// The hash is SHA-256, cut: two keys that meet in it would lose one of their records, so nobody must be able to make such keys.
final class KeyOffsets {
    static final int SLOTS_MAX = 1 << 20;
    private static final int FIRST_SLOTS = 1 << 10;
    private static final int HASH_BYTES = 32;
    private static final int STRIDE = 3;

    private final MessageDigest digest;
    private final byte[] hash = new byte[HASH_BYTES];
    private final ByteBuffer hashWords = ByteBuffer.wrap(hash);
    private long[] slots = new long[FIRST_SLOTS * STRIDE];
    private int size;

    KeyOffsets() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// Whether that many more keys keep the table within its bound.
    boolean hasRoomFor(int keys) {
        return (long) size + keys <= SLOTS_MAX / 4 * 3;
    }

    int size() {
        return size;
    }

    /// The key's last offset is `offset`, larger than any before.
    void put(ByteBuffer key, long offset) {
        if (4L * (size + 1) > 3L * (slots.length / STRIDE)) {
            grow();
        }
        hash(key);
        int at = find(hashWords.getLong(0), hashWords.getLong(8));
        if (slots[at + 2] == 0) {
            slots[at] = hashWords.getLong(0);
            slots[at + 1] = hashWords.getLong(8);
            size++;
        }
        slots[at + 2] = offset + 1;
    }

    /// The key's last offset; -1 when it has none.
    long lastOffset(ByteBuffer key) {
        hash(key);
        return slots[find(hashWords.getLong(0), hashWords.getLong(8)) + 2] - 1;
    }

    private void hash(ByteBuffer key) {
        digest.update(key.duplicate());
        try {
            digest.digest(hash, 0, HASH_BYTES);
        } catch (DigestException impossible) {
            throw new IllegalStateException("the hash has its size", impossible);
        }
    }

    /// The slot of that hash, or the empty one where it belongs.
    private int find(long high, long low) {
        int mask = slots.length / STRIDE - 1;
        int slot = (int) low & mask;
        while (slots[slot * STRIDE + 2] != 0
                && (slots[slot * STRIDE] != high || slots[slot * STRIDE + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot * STRIDE;
    }

    private void grow() {
        var old = slots;
        slots = new long[2 * old.length];
        for (int at = 0; at < old.length; at += STRIDE) {
            if (old[at + 2] != 0) {
                System.arraycopy(old, at, slots, find(old[at], old[at + 1]), STRIDE);
            }
        }
    }
}
