package io.sluice.dialect.amqp.session;

import io.sluice.broker.message.Death;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.mapping.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Dead letters that no queue ever held: what a full queue with `reject-publish-dlx` refused. Owned by the connection's loop.
final class RefusedLetters {
    private static final byte[] ENVELOPE = Envelope.HEADER.getBytes(StandardCharsets.UTF_8);
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    private final AmqpSession session;
    private final RecordHeaders recordHeaders = new RecordHeaders();

    /// Where they go.
    ///
    /// @param queue that refuses
    /// @param routingKey none: the message's own
    record Way(String queue, String exchange, Optional<String> routingKey) {}

    RefusedLetters(AmqpSession session) {
        this.session = session;
    }

    /// @param batch of the refused message, as this session made it
    void send(Way way, ByteBuffer batch) {
        var records = RecordBatch.view(batch, 0).recordsFrom(RecordBatch.HEADER_BYTES);
        while (records.next()) {
            send(way, records);
        }
    }

    private void send(Way way, Records record) {
        var header = record.header(ENVELOPE);
        assert header != null : "this session writes an envelope to every record";
        var envelope = Envelope.of(header);
        var properties = envelope.properties();
        assert properties != null : "this session writes properties to every envelope";
        var vhost = session.routes().vhost();
        var services = session.services();
        var exchange = services.broker().catalog().exchange(vhost, way.exchange);
        if (exchange.isEmpty()) {
            return;
        }
        long now = services.clock().millis();
        var keys = way.routingKey.map(List::of).orElseGet(envelope::routingKeys);
        var targets = session.routes().find(exchange.get(), keys, Properties.view(properties));
        var headers =
                recordHeaders.of(
                        envelope.priority(),
                        -1,
                        -1,
                        way.exchange,
                        keys,
                        deaths(way, envelope, now),
                        properties);
        var value = record.value();
        for (var target : targets) {
            session.publishing()
                    .add(
                            target,
                            now,
                            value == null ? NO_BODY : value,
                            headers,
                            true,
                            false,
                            (_, _, _) -> {},
                            0);
        }
    }

    private static Deaths deaths(Way way, Envelope envelope, long now) {
        var death =
                new Death(
                        way.queue,
                        Death.Reason.MAXLEN,
                        now,
                        1,
                        envelope.exchange(),
                        envelope.routingKeys(),
                        envelope.ttlMillis() < 0
                                ? Optional.empty()
                                : Optional.of(envelope.ttlMillis()));
        return envelope.deaths().map(before -> before.and(death)).orElse(Deaths.of(death));
    }
}
