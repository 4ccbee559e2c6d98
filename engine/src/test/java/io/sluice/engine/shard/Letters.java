package io.sluice.engine.shard;

import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads what dead letters tell.
final class Letters {
    private Letters() {}

    /// The headers of the next one that is ready, which is consumed by this.
    static Map<String, String> next(QueueBench queues, QueuePart queue) {
        return headers(queues.get(queue, true).orElseThrow().delivery());
    }

    /// All readable headers of a delivery's first record; none may be there twice.
    static Map<String, String> headers(Delivery delivery) {
        var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        boolean found = records.next();
        assert found : "a delivery has a record";
        var headers = new LinkedHashMap<String, String>();
        for (var header : records.headers()) {
            var value = header.value();
            var text = value == null ? "" : StandardCharsets.UTF_8.decode(value).toString();
            var before = headers.put(header.key(), text);
            assert before == null : header.key() + " is there once";
        }
        return headers;
    }

    /// How often and why a delivery's first record has died; empty: never.
    static Optional<Deaths> deaths(Delivery delivery) {
        var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        boolean found = records.next();
        assert found : "a delivery has a record";
        var envelope = records.header(Envelope.HEADER.getBytes(StandardCharsets.UTF_8));
        assert envelope != null : "every message here has an envelope";
        return Envelope.of(envelope).deaths();
    }
}
