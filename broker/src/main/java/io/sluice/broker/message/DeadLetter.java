package io.sluice.broker.message;

import io.sluice.broker.Catalog;
import io.sluice.broker.Once;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.Records;
import io.sluice.broker.routing.MessageFacts;
import io.sluice.broker.routing.Router;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A message that has died, or that is moved back to where it died: as it was, with an envelope that says why.
///
/// @param mayReturn to where it died before: somebody moves it, or it dies of nothing but being received
/// @param sentMillis the time that it keeps, wall clock; -1: it is as new as its record
/// @param deaths null only for one that is moved and never died
/// @param exchange,routingKeys with which it goes on
/// @param otherHeaders the readable ones, as its record has them
public record DeadLetter(
        boolean mayReturn,
        long sentMillis,
        @Nullable Deaths deaths,
        String exchange,
        List<String> routingKeys,
        int priority,
        @Nullable ByteBuffer properties,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer body,
        List<Header> otherHeaders)
        implements MessageFacts {
    /// The header of a letter whose body is lost.
    public static final String UNREADABLE = "x-sluice-unreadable";

    private static final int OVERHEAD_BYTES = 128;
    private static final int HEADER_BYTES = 16;
    private static final long MILLIS_PER_SECOND = 1000;

    public DeadLetter {
        routingKeys = List.copyOf(routingKeys);
        otherHeaders = List.copyOf(otherHeaders);
    }

    /// The letter that becomes of a message.
    ///
    /// @param queue in which it died, or which refused it
    /// @param envelope its envelope; null: it has none, or none that is one
    /// @param message stands on it
    public static DeadLetter of(
            Queue queue,
            QueueSettings settings,
            Death.Reason reason,
            long sinceMillis,
            Circumstances circumstances,
            @Nullable Envelope envelope,
            Records message) {
        var keys = envelope == null ? List.of(queue.name()) : envelope.routingKeys();
        var death =
                new Death(
                        queue.name(),
                        reason,
                        sinceMillis,
                        1,
                        envelope == null ? "" : envelope.exchange(),
                        keys,
                        ttl(envelope));
        var before = envelope == null ? Optional.<Deaths>empty() : envelope.deaths();
        return new DeadLetter(
                settings.retentionMillis() >= 0,
                keepsTime(settings) ? message.timestamp() : -1,
                before.map(deaths -> deaths.and(death)).orElseGet(() -> Deaths.of(death)),
                settings.deadLetterExchange().orElse(""),
                settings.deadLetterRoutingKey().map(List::of).orElse(keys),
                envelope == null ? 0 : envelope.priority(),
                envelope == null ? null : envelope.properties(),
                message.key(),
                message.value(),
                lettersOf(queue, reason, circumstances, envelope, message));
    }

    private static List<Header> lettersOf(
            Queue queue,
            Death.Reason reason,
            Circumstances circumstances,
            @Nullable Envelope envelope,
            Records message) {
        var all = new ArrayList<>(othersOf(message));
        all.addAll(
                LetterHeaders.of(
                        queue,
                        reason,
                        circumstances,
                        message.timestamp(),
                        envelope,
                        message.headers()));
        return all;
    }

    /// The letter that becomes of a message which is moved to another queue, where it is as new: it has not died yet. Only how often it was moved stays said.
    ///
    /// @param from,to the queues' names; the same when there is nowhere to go
    /// @param envelope,message as in [#of]
    public static DeadLetter moved(
            String from, String to, @Nullable Envelope envelope, Records message) {
        return new DeadLetter(
                true,
                -1,
                envelope == null || !from.equals(to) ? null : envelope.deaths().orElse(null),
                "",
                List.of(to),
                envelope == null ? 0 : envelope.priority(),
                envelope == null ? null : envelope.properties(),
                message.key(),
                message.value(),
                movedOnceMore(message));
    }

    private static List<Header> movedOnceMore(Records message) {
        var headers = new ArrayList<>(othersOf(message));
        headers.add(LetterHeaders.redriven(LetterHeaders.redriven(message.headers()) + 1));
        return headers;
    }

    /// What is known of a message that cannot be read: whoever gets it shall not take it for an empty one.
    ///
    /// @param to where it is moved to; null: it died
    public static DeadLetter unreadable(
            Queue queue,
            QueueSettings settings,
            Death.Reason reason,
            long sinceMillis,
            Circumstances circumstances,
            @Nullable String to) {
        var name = queue.name();
        var death = new Death(name, reason, sinceMillis, 1, "", List.of(name), Optional.empty());
        var why = StandardCharsets.UTF_8.encode("the body could not be read");
        var headers = new ArrayList<Header>();
        headers.add(new Header(UNREADABLE, why));
        headers.addAll(
                LetterHeaders.of(queue, reason, circumstances, sinceMillis, null, List.of()));
        headers.removeIf(
                header ->
                        header.key().equals(LetterHeaders.SOURCE_TIME)
                                || header.key().equals(LetterHeaders.SOURCE_DIALECT));
        return new DeadLetter(
                to != null,
                -1,
                Deaths.of(death),
                to != null ? "" : settings.deadLetterExchange().orElse(""),
                List.of(to != null ? to : settings.deadLetterRoutingKey().orElse(name)),
                0,
                null,
                null,
                null,
                headers);
    }

    /// Where a message's age counts, dying does not make it younger. Where keys matter it stands in a new line, and its time begins anew; as it does where a
    /// policy says for how long letters are kept.
    private static boolean keepsTime(QueueSettings settings) {
        return settings.retentionMillis() >= 0
                && settings.order() != Order.KEY
                && settings.policy().deadLetter().retentionMillis() < 0;
    }

    /// Without what was said about the place where it was.
    private static List<Header> othersOf(Records message) {
        var others = new ArrayList<>(message.headers());
        others.removeIf(
                header ->
                        header.key().equals(Envelope.HEADER)
                                || header.key().equals(Once.HEADER)
                                || LetterHeaders.isOne(header.key()));
        return others;
    }

    private static Optional<Long> ttl(@Nullable Envelope envelope) {
        return envelope == null || envelope.ttlMillis() < 0
                ? Optional.empty()
                : Optional.of(envelope.ttlMillis());
    }

    /// The partitions that it goes to: none when its exchange is gone or routes it nowhere, or it would go round in a circle.
    public List<PartitionId> targets(Catalog catalog, String namespace) {
        var there = catalog.exchange(namespace, exchange);
        if (there.isEmpty()) {
            return List.of();
        }
        return Router.route(catalog, there.get(), routingKeys, this).stream()
                .filter(target -> mayReturn || deaths == null || !deaths.isCycle(target.name()))
                .map(Queue::topic)
                .distinct()
                .map(topic -> new PartitionId(topic, 0))
                .toList();
    }

    public void addTo(BatchBuilder batch, long nowMillis) {
        var headers = new ArrayList<Header>();
        headers.add(
                new Header(
                        Envelope.HEADER,
                        EnvelopeWriter.writeLetter(
                                priority, exchange, routingKeys, deaths, properties)));
        headers.addAll(otherHeaders);
        batch.add(sentMillis < 0 ? nowMillis : sentMillis, key, body, headers);
    }

    /// The same, as short as it can be said: without the tries one by one, where they would make it too large for where it goes.
    public DeadLetter shortened() {
        return new DeadLetter(
                mayReturn,
                sentMillis,
                deaths,
                exchange,
                routingKeys,
                priority,
                properties,
                key,
                body,
                otherHeaders.stream()
                        .filter(header -> !LetterHeaders.isDetail(header.key()))
                        .toList());
    }

    /// An upper bound of what it takes of a batch.
    public int bytesMax() {
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

    @Override
    public Map<String, String> headers() {
        var readable = new TreeMap<String, String>();
        for (var header : otherHeaders) {
            var text = text(header);
            if (text != null) {
                readable.put(header.key(), JsonText.quoted(text));
            }
        }
        return readable;
    }

    /// A copy stands behind an application's header of the same name.
    @Override
    public Optional<String> property(String name) {
        var copy = name.replace('_', '-');
        for (var header : otherHeaders.reversed()) {
            var text = header.key().equals(copy) ? text(header) : null;
            if (text != null) {
                return name.equals("timestamp") ? seconds(text) : Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> seconds(String millis) {
        try {
            return Optional.of(Long.toString(Long.parseLong(millis) / MILLIS_PER_SECOND));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Header header) {
        var value = header.value();
        return value == null ? null : StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }
}
