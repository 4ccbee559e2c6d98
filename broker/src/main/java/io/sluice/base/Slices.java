package io.sluice.base;

import java.util.List;

/// What a read found: slices in order, and the pins that keep their memory and files in place until [#close].
///
/// Whoever receives it closes it exactly once, after the last byte was sent or copied. May be closed on any thread.
public final class Slices implements AutoCloseable {
    private static final Slices EMPTY = new Slices(List.of(), () -> {});

    private final List<Slice> slices;
    private final long bytes;
    private final Runnable unpin;

    /// @param unpin gives back whatever keeps the slices in place
    public Slices(List<Slice> slices, Runnable unpin) {
        this.slices = List.copyOf(slices);
        this.bytes = this.slices.stream().mapToLong(Slice::length).sum();
        this.unpin = unpin;
    }

    /// Nothing.
    public static Slices empty() {
        return EMPTY;
    }

    public List<Slice> slices() {
        return slices;
    }

    /// Total length in bytes.
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        unpin.run();
    }
}
