package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Death;
import io.sluice.broker.message.Deaths;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells a dead letter's receiver how it died, in the headers that RabbitMQ's clients read.
public final class DeathHeaders {
    private static final String X_DEATH = "x-death";
    private static final String FIRST_EXCHANGE = "x-first-death-exchange";
    private static final String FIRST_QUEUE = "x-first-death-queue";
    private static final String FIRST_REASON = "x-first-death-reason";

    /// Of what a client sends; more is nonsense.
    private static final int DEATHS_MAX = 100;

    private DeathHeaders() {}

    /// The properties with `x-death`, `x-first-death-queue`, `-reason` and `-exchange` among the headers and without the expiration. All other
    /// bytes stay what they were.
    ///
    /// @param properties raw, checked
    public static ByteBuffer merged(ByteBuffer properties, Deaths deaths) {
        List<Value> entries = deaths.latestFirst().stream().map(DeathHeaders::entry).toList();
        return new PropertiesEditor(properties)
                .withoutExpiration()
                .header(X_DEATH, new Value.Array(entries))
                .header(FIRST_EXCHANGE, Value.text(deaths.firstExchange()))
                .header(FIRST_QUEUE, Value.text(deaths.firstQueue()))
                .header(FIRST_REASON, Value.text(deaths.firstReason().text()))
                .build();
    }

    /// What the properties of a published message tell of deaths, when a client sends on what it got from a queue of dead letters; empty
    /// when that is nothing, or nonsense.
    public static Optional<Deaths> in(Properties properties) {
        if (!(properties.header(X_DEATH).orElse(null)
                instanceof Value.Array(List<Value> entries))) {
            return Optional.empty();
        }
        var deaths = new ArrayList<Death>();
        for (var entry : entries) {
            if (entry instanceof Table table && deaths.size() < DEATHS_MAX) {
                death(table).ifPresent(deaths::add);
            }
        }
        if (deaths.isEmpty()) {
            return Optional.empty();
        }
        var oldest = deaths.getLast();
        var headers = properties.headers();
        return Optional.of(
                new Deaths(
                        deaths,
                        headers.text(FIRST_QUEUE).orElse(oldest.queue()),
                        headers.text(FIRST_REASON)
                                .flatMap(DeathHeaders::reason)
                                .orElse(oldest.reason()),
                        headers.text(FIRST_EXCHANGE).orElse(oldest.exchange())));
    }

    private static Optional<Death> death(Table entry) {
        var queue = entry.text("queue");
        var reason = entry.text("reason").flatMap(DeathHeaders::reason);
        if (queue.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        var keys = new ArrayList<String>();
        if (entry.field("routing-keys").orElse(null) instanceof Value.Array(List<Value> values)) {
            for (var value : values) {
                if (value instanceof Value.Text(Octets key)) {
                    keys.add(key.text());
                }
            }
        }
        long seconds =
                entry.field("time").orElse(null) instanceof Value.Timestamp(long time) ? time : 0;
        return Optional.of(
                new Death(
                        queue.get(),
                        reason.get(),
                        seconds * 1000,
                        Math.max(1, entry.whole("count").orElse(1L)),
                        entry.text("exchange").orElse(""),
                        keys,
                        entry.text("original-expiration").flatMap(DeathHeaders::millis)));
    }

    private static Optional<Death.Reason> reason(String text) {
        return Arrays.stream(Death.Reason.values())
                .filter(reason -> reason.text().equals(text))
                .findFirst();
    }

    private static Optional<Long> millis(String text) {
        return text.length() <= 18 && text.matches("[0-9]+")
                ? Optional.of(Long.valueOf(text))
                : Optional.empty();
    }

    private static Value entry(Death death) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("count", Value.number(death.count()));
        fields.put("reason", Value.text(death.reason().text()));
        fields.put("queue", Value.text(death.queue()));
        fields.put("time", new Value.Timestamp(death.firstMillis() / 1000));
        fields.put("exchange", Value.text(death.exchange()));
        List<Value> keys = death.routingKeys().stream().map(Value::text).toList();
        fields.put("routing-keys", new Value.Array(keys));
        death.originalTtlMillis()
                .ifPresent(
                        millis ->
                                fields.put(
                                        "original-expiration", Value.text(Long.toString(millis))));
        return new Table(fields);
    }
}
