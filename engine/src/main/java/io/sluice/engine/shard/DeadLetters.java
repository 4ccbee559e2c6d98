package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Overflow;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.routing.Router;
import io.sluice.engine.partition.TopicSettings;
import io.sluice.engine.queue.Outbox;
import io.sluice.engine.queue.QueueState.Dying;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes dead letters out of a queue's dying messages: the message as it was, with an envelope that says why it died. Owned by its shard's loop.
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /// The header of a letter whose body is lost.
    static final String UNREADABLE = "x-sluice-unreadable";

    private static final int OVERHEAD_BYTES = 128;
    private static final int HEADER_BYTES = 16;

    private final HostedQueue queue;
    private final Catalog catalog;

    DeadLetters(HostedQueue queue, Catalog catalog) {
        this.queue = queue;
        this.catalog = catalog;
    }

    /// A message that has died.
    ///
    /// @param deaths null only for one that is moved and had none
    /// @param routingKeys with which it goes on
    record Letter(
            @Nullable Deaths deaths,
            String exchange,
            List<String> routingKeys,
            int priority,
            @Nullable ByteBuffer properties,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer body,
            List<Header> otherHeaders) {
        /// An upper bound of what it takes of a batch.
        int bytesMax() {
            int bytes = OVERHEAD_BYTES + size(key) + size(body);
            for (var header : otherHeaders) {
                // UTF-8 has at most three bytes for each of Java's characters.
                bytes += HEADER_BYTES + 3 * header.key().length() + size(header.value());
            }
            return bytes
                    + EnvelopeWriter.bytesMax(routingKeys, deaths)
                    + (properties == null ? 0 : properties.remaining());
        }

        private static int size(@Nullable ByteBuffer bytes) {
            return bytes == null ? 0 : bytes.remaining();
        }
    }

    /// Reads a dying message; null when it cannot be read, or is no longer there, as retention has taken it.
    @Nullable Letter read(Dying dying) {
        var reader = queue.reader();
        if (!reader.seek(dying.offset()) || reader.offset() != dying.offset()) {
            return null;
        }
        var record = reader.at();
        var envelope = reader.envelope();
        var exchange = envelope == null ? "" : envelope.exchange();
        var keys = envelope == null ? List.of(queue.definition().name()) : envelope.routingKeys();
        long ttl = envelope == null ? -1 : envelope.ttlMillis();
        var death =
                new Death(
                        queue.definition().name(),
                        dying.reason(),
                        dying.sinceMillis(),
                        1,
                        exchange,
                        keys,
                        ttl < 0 ? Optional.empty() : Optional.of(ttl));
        var before = envelope == null ? Optional.<Deaths>empty() : envelope.deaths();
        var others = new ArrayList<>(record.headers());
        others.removeIf(header -> header.key().equals(Envelope.HEADER));
        if (dying.reason() == Reason.REDRIVEN) {
            return new Letter(
                    before.orElse(null),
                    "",
                    List.of(redrivenTo(envelope)),
                    envelope == null ? 0 : envelope.priority(),
                    envelope == null ? null : envelope.properties(),
                    record.key(),
                    record.value(),
                    others);
        }
        return new Letter(
                before.map(deaths -> deaths.and(death)).orElseGet(() -> Deaths.of(death)),
                queue.settings().deadLetterExchange().orElse(""),
                queue.settings().deadLetterRoutingKey().map(List::of).orElse(keys),
                envelope == null ? 0 : envelope.priority(),
                envelope == null ? null : envelope.properties(),
                record.key(),
                record.value(),
                others);
    }

    /// Back to this very queue where the other end is no longer known: a message that is moved is never lost.
    private String redrivenTo(@Nullable Envelope envelope) {
        return queue.settings()
                .redrive()
                .flatMap(redrive -> Redriving.destination(redrive, envelope))
                .or(
                        () ->
                                envelope == null
                                        ? Optional.empty()
                                        : envelope.deaths().map(Deaths::firstQueue))
                .filter(
                        name ->
                                catalog.queue(queue.definition().namespace(), name).isPresent())
                .orElse(queue.definition().name());
    }

    /// What is known of a dying message that cannot be read: whoever gets it shall not take it for an empty one.
    Letter withoutBody(Dying dying) {
        if (queue.counts().unreadable++ == 0) {
            log.error(
                    "dead letter {} of {} cannot be read and goes on without its body; more of this queue are counted, not told",
                    dying.offset(),
                    queue.part());
        }
        var name = queue.definition().name();
        var death =
                new Death(
                        name,
                        dying.reason(),
                        dying.sinceMillis(),
                        1,
                        "",
                        List.of(name),
                        Optional.empty());
        boolean moved = dying.reason() == Reason.REDRIVEN;
        var why = StandardCharsets.UTF_8.encode("the body could not be read");
        return new Letter(
                Deaths.of(death),
                moved ? "" : queue.settings().deadLetterExchange().orElse(""),
                moved
                        ? List.of(redrivenTo(null))
                        : queue.settings().deadLetterRoutingKey().map(List::of).orElse(List.of(name)),
                0,
                null,
                null,
                null,
                List.of(new Header(UNREADABLE, why)));
    }

    /// The partitions that a letter goes to: none when its exchange is gone or routes it nowhere, or it would go round in a circle.
    ///
    /// @param isMoved because somebody wants it so: it may go where it was before
    List<PartitionId> targets(Letter letter, boolean isMoved) {
        var exchange = catalog.exchange(queue.definition().namespace(), letter.exchange());
        if (exchange.isEmpty()) {
            return List.of();
        }
        return Router.route(catalog, exchange.get(), letter.routingKeys(), () -> headers(letter))
                .stream()
                .filter(target -> letter.deaths() == null || isMoved || !letter.deaths().isCycle(target.name()))
                .map(Queue::topic)
                .distinct()
                .map(topic -> new PartitionId(topic, 0))
                .toList();
    }

    /// How large a batch all of these take.
    int batchBytesMax(List<PartitionId> targets) {
        int least = Integer.MAX_VALUE;
        for (var target : targets) {
            var topic = catalog.topic(target.topic());
            if (topic.isPresent()) {
                least = Math.min(least, TopicSettings.of(topic.get().config()).maxMessageBytes());
            }
        }
        return least;
    }

    /// How many records all of these take at once: one that is nearly full shall not wait until it is nearly empty.
    int batchRecordsMax(List<PartitionId> targets) {
        long least = Integer.MAX_VALUE;
        for (var target : targets) {
            for (var to : catalog.queuesOf(target.topic())) {
                var settings = catalog.settings(to);
                if (settings.lengthMax() >= 0 && settings.overflow() != Overflow.DROP_HEAD) {
                    least = Math.min(least, Math.max(1, settings.lengthMax() / 4));
                }
            }
        }
        return (int) least;
    }

    /// What one target gets of a round, as one batch of an idempotent producer.
    RecordBatch batch(
            Outbox.Target target, List<Dying> dying, long producer, short epoch, long nowMillis) {
        var batch = new BatchBuilder(Compression.NONE, 0, nowMillis);
        batch.producer(producer, epoch, target.sequence());
        for (int member : target.members()) {
            var letter = read(dying.get(member));
            // Its number must be used, or the target would miss one for ever.
            var known = letter == null ? withoutBody(dying.get(member)) : letter;
            batch.add(nowMillis, known.key(), known.body(), headersOf(known));
        }
        return batch.build();
    }

    private static List<Header> headersOf(Letter letter) {
        var headers = new ArrayList<Header>();
        headers.add(
                new Header(
                        Envelope.HEADER,
                        EnvelopeWriter.write(
                                letter.priority(),
                                -1,
                                -1,
                                letter.exchange(),
                                letter.routingKeys(),
                                letter.deaths(),
                                letter.properties())));
        headers.addAll(letter.otherHeaders());
        return headers;
    }

    /// The readable headers, for exchanges that route by them.
    private static Map<String, String> headers(Letter letter) {
        var readable = new TreeMap<String, String>();
        for (var header : letter.otherHeaders()) {
            var value = header.value();
            if (value != null) {
                readable.put(
                        header.key(),
                        JsonText.quoted(
                                StandardCharsets.UTF_8.decode(value.duplicate()).toString()));
            }
        }
        return readable;
    }
}
