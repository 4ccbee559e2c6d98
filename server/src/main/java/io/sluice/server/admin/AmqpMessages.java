package io.sluice.server.admin;

import io.sluice.admin.management.Messages;
import io.sluice.base.Millis;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Records;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import io.sluice.dialect.amqp.mapping.RecordHeaders;
import io.sluice.dialect.amqp.mapping.StoredMessage;
import io.sluice.dialect.amqp.session.Rules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages of the management API as AMQP's: what is published here is what an AMQP client would have published. Owned by the admin's
/// loop.
public final class AmqpMessages implements Messages {
    private static final int PERSISTENT = 2;
    private static final String CC = "CC";
    private static final String BCC = "BCC";
    private static final String DELAY = "x-delay";
    private static final String SLUICE_DELAY = "x-sluice-delay";
    private static final int SHORT_TEXT_BYTES_MAX = 255;

    private final RecordHeaders headers = new RecordHeaders();

    @Override
    public View view(Records message) {
        var stored = StoredMessage.of(message);
        return new View(
                text(stored.exchange()),
                text(stored.routingKey()),
                PropertiesJson.json(Properties.view(stored.properties())));
    }

    @Override
    public Made make(Draft draft) {
        var read = PropertiesJson.read(draft.properties());
        return switch (read) {
            case PropertiesJson.Read.Wrong(String reason) -> new Made.Refused(reason);
            case PropertiesJson.Read.Raw(ByteBuffer raw) -> make(draft, Properties.view(raw));
        };
    }

    private Made make(Draft draft, Properties properties) {
        return mistake(draft, properties)
                .<Made>map(Made.Refused::new)
                .orElseGet(() -> message(draft, properties));
    }

    private Made message(Draft draft, Properties properties) {
        var table = properties.headers();
        var keys = new ArrayList<>(List.of(draft.routingKey()));
        keys.addAll(copies(table, CC));
        var routedBy = new ArrayList<>(keys);
        routedBy.addAll(copies(table, BCC));
        var raw =
                table.field(BCC).isPresent()
                        ? new PropertiesEditor(properties.raw()).withoutHeader(BCC).build()
                        : properties.raw();
        long notBefore = notBefore(draft, table);
        var recordHeaders =
                headers.of(
                        properties.priority().orElse(0),
                        properties.expiration().map(Long::parseLong).orElse(-1L),
                        notBefore,
                        draft.exchange().name(),
                        keys,
                        null,
                        raw);
        var batch =
                new BatchBuilder(Compression.NONE, 0, draft.nowMillis())
                        .add(draft.nowMillis(), key(draft), draft.payload(), recordHeaders)
                        .build();
        return new Made.Message(
                routedBy,
                table.toJson(),
                batch.slice(),
                properties.deliveryMode().orElse(1) != PERSISTENT,
                notBefore >= 0);
    }

    private static @Nullable ByteBuffer key(Draft draft) {
        return draft.key()
                .map(key -> ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    private static Optional<String> mistake(Draft draft, Properties properties) {
        if (draft.routingKey().getBytes(StandardCharsets.UTF_8).length > SHORT_TEXT_BYTES_MAX) {
            return Optional.of("the routing key is longer than 255 bytes");
        }
        return Rules.ofMessage(properties, draft.user())
                .map(mistake -> "406 PRECONDITION_FAILED - " + mistake);
    }

    private static List<String> copies(Table table, String header) {
        var keys = new ArrayList<String>();
        if (table.field(header).orElse(null) instanceof Value.Array(List<Value> values)) {
            for (var value : values) {
                if (value instanceof Value.Text(Octets key)) {
                    keys.add(key.text());
                }
            }
        }
        return keys;
    }

    /// -1: at once.
    private static long notBefore(Draft draft, Table table) {
        boolean delays = draft.exchange().type() == ExchangeType.DELAYED;
        return table.whole(SLUICE_DELAY)
                .filter(millis -> millis > 0)
                .or(() -> delays ? table.whole(DELAY) : Optional.empty())
                .filter(millis -> millis > 0)
                .map(millis -> Millis.after(draft.nowMillis(), millis))
                .orElse(-1L);
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }
}
