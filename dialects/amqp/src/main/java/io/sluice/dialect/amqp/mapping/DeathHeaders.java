package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Death;
import io.sluice.broker.message.Deaths;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells a dead letter's receiver how it died, in the headers that RabbitMQ's clients read.
public final class DeathHeaders {
    private DeathHeaders() {}

    /// The properties with `x-death`, `x-first-death-queue`, `-reason` and `-exchange` among the headers and without the expiration. All other
    /// bytes stay what they were.
    ///
    /// @param properties raw, checked
    public static ByteBuffer merged(ByteBuffer properties, Deaths deaths) {
        List<Value> entries = deaths.latestFirst().stream().map(DeathHeaders::entry).toList();
        return new PropertiesEditor(properties)
                .withoutExpiration()
                .header("x-death", new Value.Array(entries))
                .header("x-first-death-exchange", Value.text(deaths.firstExchange()))
                .header("x-first-death-queue", Value.text(deaths.firstQueue()))
                .header("x-first-death-reason", Value.text(deaths.firstReason().text()))
                .build();
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
