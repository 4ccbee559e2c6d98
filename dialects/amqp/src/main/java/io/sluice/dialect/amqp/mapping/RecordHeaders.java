package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.dialect.amqp.codec.Properties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the headers of a message's record: the envelope, then copies that Kafka consumers can read. One per session or shard: what it returns
/// lies in its own memory and is good until the next call.
public final class RecordHeaders {
    private static final ByteBuffer ENVELOPE =
            ByteBuffer.wrap(Envelope.HEADER.getBytes(StandardCharsets.UTF_8));

    private final RawHeaders out = new RawHeaders();
    private final ReadableCopies copies = new ReadableCopies(out);

    /// The common case: one routing key, no deaths. Moves nobody's position.
    ///
    /// @param ttlMillis,notBeforeMillis -1: none
    /// @param properties raw, checked
    /// @return raw headers, their count first, for [io.sluice.broker.record.BatchBuilder]
    public ByteBuffer of(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            ByteBuffer exchange,
            ByteBuffer routingKey,
            ByteBuffer properties) {
        int bytesMax = EnvelopeWriter.bytesMax(exchange, routingKey, properties);
        begin();
        int at = out.beginSized(bytesMax);
        EnvelopeWriter.write(
                priority,
                ttlMillis,
                notBeforeMillis,
                exchange,
                routingKey,
                properties,
                out.memory());
        out.endSized(at, bytesMax);
        return finish(properties);
    }

    /// Any message.
    public ByteBuffer of(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            String exchange,
            List<String> routingKeys,
            @Nullable Deaths deaths,
            ByteBuffer properties) {
        var envelope =
                EnvelopeWriter.write(
                        priority,
                        ttlMillis,
                        notBeforeMillis,
                        exchange,
                        routingKeys,
                        deaths,
                        properties);
        begin();
        out.length(envelope.remaining());
        out.put(envelope, 0, envelope.remaining());
        return finish(properties);
    }

    private void begin() {
        out.begin();
        out.length(ENVELOPE.capacity());
        out.put(ENVELOPE, 0, ENVELOPE.capacity());
    }

    private ByteBuffer finish(ByteBuffer properties) {
        copies.begin();
        Properties.view(properties).visit(copies);
        return out.end(1 + copies.count());
    }
}
