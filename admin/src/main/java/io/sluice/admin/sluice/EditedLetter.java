package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Messages;
import io.sluice.admin.management.Messages.Draft;
import io.sluice.admin.management.Messages.Made;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.security.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The copy of a letter with what somebody has changed in it: a new message that has not died, but remembers that it was moved. What its protocol knows of it
/// (properties, attributes) stays.
final class EditedLetter {
    private final Messages messages;
    private final Letter letter;
    private final LetterEdit edit;

    EditedLetter(Messages messages, Letter letter, LetterEdit edit) {
        this.messages = messages;
        this.letter = letter;
        this.edit = edit;
    }

    /// @param direct the default exchange
    /// @param user who has edited it
    LetterCopy copy(Queue from, Queue to, Exchange direct, User user, long nowMillis) {
        var headers = headers(to, direct, user, nowMillis);
        headers.add(
                new Header(
                        LetterHeaders.REDRIVEN,
                        utf8(Integer.toString(letter.view().redriven() + 1))));
        return LetterCopy.of(from, letter.id(), to, key(), body(), headers);
    }

    private @Nullable ByteBuffer body() {
        return edit.body().orElse(letter.view().body());
    }

    private @Nullable ByteBuffer key() {
        return edit.key().map(EditedLetter::utf8).orElse(letter.view().key());
    }

    private List<Header> headers(Queue to, Exchange direct, User user, long nowMillis) {
        var envelope = envelope();
        var properties = envelope.map(Envelope::properties).orElse(null);
        if (properties != null && !edit.headers().isEmpty()) {
            return withProperties(to, direct, user, nowMillis);
        }
        var headers = new ArrayList<Header>();
        headers.add(
                new Header(
                        Envelope.HEADER,
                        EnvelopeWriter.write(
                                envelope.map(Envelope::priority).orElse(0),
                                -1,
                                -1,
                                "",
                                List.of(to.name()),
                                null,
                                properties)));
        for (var header : letter.view().headers()) {
            if (LetterJson.isApplications(header.key()) && !edit.headers().has(header.key())) {
                headers.add(header);
            }
        }
        edit.headers()
                .fields()
                .forEach(
                        (name, value) -> {
                            if (value instanceof Json.Text(String text)) {
                                headers.add(new Header(name, utf8(text)));
                            }
                        });
        return headers;
    }

    private Optional<Envelope> envelope() {
        for (var header : letter.view().headers()) {
            var bytes = header.value();
            if (bytes != null && header.key().equals(Envelope.HEADER)) {
                try {
                    return Optional.of(Envelope.of(bytes));
                } catch (RuntimeException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// AMQP's headers stand among its properties: the dialect makes the message anew.
    private List<Header> withProperties(Queue to, Exchange direct, User user, long nowMillis) {
        var properties = messages.view(letter.record()).properties();
        var table = properties.child("headers").orElseGet(JsonObject::object);
        List.copyOf(table.fields().keySet()).stream()
                .filter(name -> !LetterJson.isApplications(name) || isOfADeath(name))
                .forEach(table::remove);
        for (Map.Entry<String, Json> header : edit.headers().fields().entrySet()) {
            if (header.getValue() instanceof Json.Null) {
                table.remove(header.getKey());
            } else {
                table.put(header.getKey(), header.getValue());
            }
        }
        properties.put("headers", table);
        // It may have been published by somebody else, and still says so.
        var editor = new User(properties.text("user_id").orElse(user.name()), user.tags());
        var draft =
                new Draft(
                        editor,
                        direct,
                        to.name(),
                        properties,
                        Optional.empty(),
                        Optional.ofNullable(body()).orElseGet(() -> ByteBuffer.allocate(0)),
                        nowMillis);
        return switch (messages.make(draft)) {
            case Made.Refused(String reason) -> throw Problem.INVALID.ends(reason);
            case Made.Message message -> {
                var record =
                        RecordBatch.view(message.batch().slice(), 0)
                                .recordsFrom(RecordBatch.HEADER_BYTES);
                boolean found = record.next();
                assert found : "a message that was made has a record";
                yield new ArrayList<>(record.headers());
            }
        };
    }

    private static boolean isOfADeath(String name) {
        return name.equals("x-death")
                || name.startsWith("x-first-death-")
                || name.startsWith("x-last-death-");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
