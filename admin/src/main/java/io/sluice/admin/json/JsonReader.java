package io.sluice.admin.json;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads values with Jackson's streaming parser.
public final class JsonReader {
    private static final int DEPTH_MAX = 64;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /// The one value in these bytes of UTF-8, from position to limit, on the heap; none when they are no JSON.
    public static Optional<Json> read(ByteBuffer bytes) {
        try (var parser =
                FACTORY.createParser(
                        ObjectReadContext.empty(),
                        bytes.array(),
                        bytes.arrayOffset() + bytes.position(),
                        bytes.remaining())) {
            return Optional.of(new JsonReader(parser).whole());
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /// The one value in a text; none when it is no JSON.
    public static Optional<Json> read(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return Optional.of(new JsonReader(parser).whole());
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private Json whole() {
        var value = value(next());
        if (parser.nextToken() != null) {
            throw new UnexpectedEnd(parser, "more behind the value");
        }
        return value;
    }

    private Json value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> Json.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Digits(parser.getString());
            case VALUE_TRUE -> Json.of(true);
            case VALUE_FALSE -> Json.of(false);
            case VALUE_NULL -> Json.nothing();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new UnexpectedEnd(parser, "no value");
        };
    }

    private Json object() {
        var object = JsonObject.object();
        for (var token = next(); token != JsonToken.END_OBJECT; token = next()) {
            var name = parser.getString();
            object.put(name, value(next()));
        }
        return object;
    }

    private Json array() {
        var items = new ArrayList<Json>();
        for (var token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(value(token));
        }
        return new Json.Array(items);
    }

    private JsonToken next() {
        var token = parser.nextToken();
        if (token == null) {
            throw new UnexpectedEnd(parser, "the text ends in the middle");
        }
        return token;
    }

    /// Malformed in a way that the parser alone does not see.
    private static final class UnexpectedEnd extends JacksonException {
        private static final long serialVersionUID = 1;

        UnexpectedEnd(JsonParser parser, String message) {
            super(parser, message);
        }
    }
}
