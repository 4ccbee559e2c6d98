package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.sluice.base.Slice;
import io.sluice.base.Slices;
import java.util.List;

/// An encoded answer: bytes, and stored bytes spliced in between that are sent from where they lie.
///
/// ```text
///   bytes    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
///                  ▲at          ▲at
///   splices        ███████      ██████████████
/// ```
///
/// @param bytes everything that was encoded, length prefix included; empty: nothing is sent
/// @param splices in the order of their places
public record Outgoing(ByteBuf bytes, List<Splice> splices) {
    /// @param at index in `bytes` before which the slices go
    public record Splice(int at, Slices slices) {}

    public static Outgoing of(ByteBuf bytes) {
        return new Outgoing(bytes, List.of());
    }

    /// Gives everything back unsent.
    void release() {
        bytes.release();
        splices.forEach(splice -> splice.slices.close());
    }

    /// Whether sending it may have to wait for the disk.
    boolean cold() {
        for (var splice : splices) {
            for (var slice : splice.slices.slices()) {
                if (slice instanceof Slice.InFile file && file.settled()) {
                    return true;
                }
            }
        }
        return false;
    }
}
