package io.sluice.schema.json;

import io.sluice.schema.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Texts of JSON as trees. An object with the same key twice is none: one reader would take the first, another the last.
public final class JsonText {
    /// Of values and schemas alike.
    static final int DEPTH_MAX = 128;

    private static final int DIGITS_MAX = 1_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxNumberLength(DIGITS_MAX)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonText() {}

    /// @throws InvalidValueException if the bytes are not UTF-8, or not one JSON value
    public static JsonNode parse(ByteBuffer utf8) throws InvalidValueException {
        try {
            return parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(utf8.duplicate())
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidValueException("not UTF-8");
        }
    }

    /// @throws InvalidValueException if the text is not one JSON value
    public static JsonNode parse(String text) throws InvalidValueException {
        try {
            var node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new InvalidValueException("not JSON: empty");
            }
            checkNumbers(node);
            return node;
        } catch (JacksonException malformed) {
            throw new InvalidValueException("not JSON: " + malformed.getOriginalMessage());
        }
    }

    /// A number beyond what any reader's floating point holds would be taken for infinite here, and for who knows what elsewhere.
    private static void checkNumbers(JsonNode node) throws InvalidValueException {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw new InvalidValueException("a number that is too large");
        }
        for (var child : node) {
            checkNumbers(child);
        }
    }
}
