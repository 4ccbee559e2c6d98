package io.sluice.dialect.sqs.json;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON objects with Jackson's streaming parser.
///
/// The largest honest request has some hundred tokens; a text of millions would cost many times its own size.
public final class JsonReader {
    private static final int DEPTH_MAX = 16;
    private static final int TOKENS_MAX = 20_000;
    private static final int TEXT_LENGTH_MAX = 8 << 20;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxTokenCount(TOKENS_MAX)
                                    .maxStringLength(TEXT_LENGTH_MAX)
                                    .build())
                    .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /// The object in these bytes of UTF-8, from position to limit, on the heap; none when they are not one object.
    public static Optional<Map<String, JsonValue>> read(ByteBuffer bytes) {
        try (var parser =
                FACTORY.createParser(
                        ObjectReadContext.empty(),
                        bytes.array(),
                        bytes.arrayOffset() + bytes.position(),
                        bytes.remaining())) {
            return new JsonReader(parser).whole();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /// The object in a text; none when it is not one object.
    public static Optional<Map<String, JsonValue>> read(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonReader(parser).whole();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Map<String, JsonValue>> whole() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        var members = members();
        return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
    }

    private Map<String, JsonValue> members() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var value = value(parser.nextToken());
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        }
        return members;
    }

    private JsonValue.Items items() {
        var items = new ArrayList<JsonValue>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            var item = value(token);
            if (item != null) {
                items.add(item);
            }
        }
        return new JsonValue.Items(items);
    }

    private @Nullable JsonValue value(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> new JsonValue.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Digits(parser.getString());
            case VALUE_TRUE -> new JsonValue.Bool(true);
            case VALUE_FALSE -> new JsonValue.Bool(false);
            case START_OBJECT -> new JsonValue.Structure(members());
            case START_ARRAY -> items();
            case VALUE_NULL -> null;
            case null -> throw new Malformed(parser);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new Malformed(parser);
        };
    }

    /// Malformed in a way that the parser alone does not see.
    private static final class Malformed extends JacksonException {
        private static final long serialVersionUID = 1;

        Malformed(JsonParser parser) {
            super(parser, "a value was expected");
        }
    }
}
