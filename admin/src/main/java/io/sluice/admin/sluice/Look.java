package io.sluice.admin.sluice;

import io.sluice.admin.http.Call;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Parts;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Peeked.Seen;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a queue holds, shown to people without anything of it changing. Used once.
final class Look {
    private static final int MESSAGES = 20;
    private static final int MESSAGES_MAX = 1_000;

    /// What is shown in one answer at most, of bodies.
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private final ManagementServices services;
    private final Queue queue;
    private final List<JsonObject> shown = new ArrayList<>();

    Look(ManagementServices services, Queue queue) {
        this.services = services;
        this.queue = queue;
    }

    static int limit(Call call) {
        return (int) number(call, "limit", MESSAGES, 1, MESSAGES_MAX);
    }

    static long from(Call call) {
        return number(call, "from", 0, 0, Long.MAX_VALUE);
    }

    private static long number(Call call, String name, long fallback, long min, long max) {
        var text = call.query().text(name);
        try {
            long number = text.map(Long::parseLong).orElse(fallback);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // As wrong as one that is too large.
        }
        throw Problem.INVALID.ends("'%s' must be %d to %d".formatted(name, min, max));
    }

    /// Part by part, each only for what the ones before have left to show.
    ///
    /// @param from the first offset of each part
    CompletableFuture<List<JsonObject>> upTo(int limit, long from) {
        return next(Parts.of(services.broker().catalog(), queue), 0, limit, from);
    }

    private CompletableFuture<List<JsonObject>> next(
            List<QueuePart> parts, int at, int limit, long from) {
        int left = limit - shown.size();
        if (left == 0 || at == parts.size()) {
            return CompletableFuture.completedFuture(shown);
        }
        var part = parts.get(at);
        return services.asks()
                .<Peeked>ask(
                        reply ->
                                services.broker()
                                        .queues()
                                        .peek(part, new Peek(from, left, BYTES_MAX), reply))
                .thenCompose(
                        peeked -> {
                            peeked.messages().forEach(seen -> shown.add(json(at, seen)));
                            return next(parts, at + 1, limit, from);
                        });
    }

    private JsonObject json(int part, Seen seen) {
        var record = RecordBatch.view(seen.batch(), 0).recordsFrom(seen.at());
        var found = record.next();
        assert found : "what was seen has a record";
        var json =
                JsonObject.object()
                        .put("partition", part)
                        .put("offset", seen.offset())
                        .put("state", word(seen.state()))
                        .put("receive_count", seen.handedOut())
                        .put("until", Moments.of(seen.untilMillis()))
                        .put("timestamp", Moments.text(record.timestamp()));
        put(json, "key", record.key());
        var view = services.messages().view(record);
        json.put("exchange", view.exchange())
                .put("routing_key", view.routingKey())
                .put("properties", view.properties());
        put(json, "body", record.value());
        return json;
    }

    private static String word(Peeked.State state) {
        return switch (state) {
            case READY -> "ready";
            case LEASED -> "leased";
            case DELAYED -> "waiting";
        };
    }

    /// Under the name if it is text, else under the name and `_base64`.
    private static void put(JsonObject json, String name, @Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        try {
            json.put(
                    name, StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException _) {
            var copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            json.put(name + "_base64", Base64.getEncoder().encodeToString(copy));
        }
    }
}
