package io.sluice.dialect.amqp.session;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.message.Death;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.routing.Router;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dead-letters what a full queue has refused, where its overflow is `reject-publish-dlx`. The message was never stored and its publisher is told
/// so; the letter is sent once, without the care that stored messages get.
final class RefusedLetters {
    private static final Logger log = LoggerFactory.getLogger(RefusedLetters.class);
    private static final byte[] ENVELOPE = Envelope.HEADER.getBytes(StandardCharsets.UTF_8);

    private RefusedLetters() {}

    /// @param batch the refused batch, uncompressed
    static void send(Broker broker, Queue queue, ByteBuffer batch) {
        var catalog = broker.catalog();
        var settings = catalog.settings(queue);
        var exchange =
                settings.deadLetterExchange()
                        .flatMap(name -> catalog.exchange(queue.namespace(), name));
        var refused = RecordBatch.view(batch, batch.position());
        var records = refused.recordsFrom(RecordBatch.HEADER_BYTES);
        while (exchange.isPresent() && records.next()) {
            var bytes = records.header(ENVELOPE);
            if (bytes == null) {
                continue;
            }
            var envelope = Envelope.of(bytes);
            var keys = settings.deadLetterRoutingKey().map(List::of).orElse(envelope.routingKeys());
            var targets = Router.route(catalog, exchange.get(), keys, Map::of);
            var letter = letter(queue, exchange.get().name(), keys, envelope, records);
            for (var target : targets) {
                broker.append(
                        new Append(
                                new PartitionId(target.topic(), 0),
                                Buffer.unpooled(letter.duplicate())),
                        new Sent(queue));
                letter = letter(queue, exchange.get().name(), keys, envelope, records);
            }
        }
    }

    private static ByteBuffer letter(
            Queue queue, String exchange, List<String> keys, Envelope envelope, Records record) {
        long now = record.timestamp();
        var death =
                new Death(
                        queue.name(),
                        Death.Reason.MAXLEN,
                        now,
                        1,
                        envelope.exchange(),
                        envelope.routingKeys(),
                        envelope.ttlMillis() < 0
                                ? Optional.empty()
                                : Optional.of(envelope.ttlMillis()));
        var headers = new ArrayList<Header>();
        headers.add(
                new Header(
                        Envelope.HEADER,
                        EnvelopeWriter.write(
                                envelope.priority(),
                                -1,
                                -1,
                                exchange,
                                keys,
                                envelope.deaths()
                                        .map(deaths -> deaths.and(death))
                                        .orElseGet(() -> Deaths.of(death)),
                                envelope.properties())));
        record.headers().stream()
                .filter(header -> !header.key().equals(Envelope.HEADER))
                .forEach(headers::add);
        return new BatchBuilder(Compression.NONE, 0, now)
                .add(now, record.key(), record.value(), headers)
                .build()
                .whole();
    }

    private record Sent(Queue queue) implements Reply<Append.Appended> {
        @Override
        public void done(Append.Appended appended) {}

        @Override
        public void refused(BrokerError error) {
            log.warn(
                    "what queue '{}' refused is not dead-lettered: {}",
                    queue.name(),
                    error.message());
        }
    }
}
