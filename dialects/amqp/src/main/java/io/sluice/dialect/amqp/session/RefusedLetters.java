package io.sluice.dialect.amqp.session;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.message.Circumstances;
import io.sluice.broker.message.DeadLetter;
import io.sluice.broker.message.Death;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
        var refused = RecordBatch.view(batch, batch.position());
        var records = refused.recordsFrom(RecordBatch.HEADER_BYTES);
        while (settings.deadLetterExchange().isPresent() && records.next()) {
            long now = records.timestamp();
            var bytes = records.header(ENVELOPE);
            var envelope = bytes == null ? null : Envelope.of(bytes);
            var letter =
                    DeadLetter.of(
                            queue,
                            settings,
                            Death.Reason.MAXLEN,
                            now,
                            Circumstances.ofUnstored(catalog, queue),
                            envelope,
                            records);
            for (var target : letter.targets(catalog, queue.namespace())) {
                // A batch each, as an append writes its offset into it.
                var own = new BatchBuilder(Compression.NONE, 0, now);
                letter.addTo(own, now);
                broker.append(
                        new Append(target, Buffer.unpooled(own.build().whole())), new Sent(queue));
            }
        }
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
