package io.sluice.dialect.kafka.wire;

import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ByteBufferAccessor;

/// Reads a request, and keeps a request that lies about its size from costing more than it sent.
///
/// Kafka's generated code takes an array's announced length for true if there are as many bytes left, and allocates a collection of
/// that length: a request of 100 MB that announces 100 million topics would take a gigabyte of heap. It asks for what
/// is left only for this purpose, so it is told at most [#ELEMENTS_MAX].
public final class BoundedReader extends ByteBufferAccessor {
    /// The longest array of a request that is read. The largest honest ones list some hundred thousand partitions.
    public static final int ELEMENTS_MAX = 1_000_000;

    /// @param bytes from the request's first byte behind its header to its end
    public BoundedReader(ByteBuffer bytes) {
        super(bytes);
    }

    @Override
    public int remaining() {
        return Math.min(super.remaining(), ELEMENTS_MAX);
    }
}
