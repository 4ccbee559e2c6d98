package io.sluice.dialect.kafka.wire;

import io.netty.buffer.ByteBufAllocator;
import io.sluice.transport.Outgoing;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/// Writes a response with its header and length prefix, measured first, into one buffer of that size.
public final class ResponseEncoder {
    private ResponseEncoder() {}

    /// @param headerVersion the version of the response header that goes with the API's version
    /// @throws RuntimeException for a message that this version of the API cannot express; nothing is left allocated
    public static Outgoing encode(
            int correlationId,
            short headerVersion,
            ApiMessage message,
            short version,
            ByteBufAllocator memory) {
        var header = new ResponseHeaderData().setCorrelationId(correlationId);
        var cache = new ObjectSerializationCache();
        var size = new MessageSizeAccumulator();
        header.addSize(size, cache, headerVersion);
        message.addSize(size, cache, version);
        var out = memory.directBuffer(Integer.BYTES + size.sizeExcludingZeroCopy());
        try {
            var writer = new ByteBufWriter(out);
            out.writeInt(size.totalSize());
            header.write(writer, cache, headerVersion);
            message.write(writer, cache, version);
            return new Outgoing(out, writer.splices());
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
    }
}
