package io.sluice.server.admin;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesBuilder;
import io.sluice.dialect.amqp.codec.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/// AMQP's properties as JSON, by the names that RabbitMQ's management API gives them. Names that nobody knows are passed over.
final class PropertiesJson {
    private static final int SHORT_TEXT_BYTES_MAX = 255;
    private static final int OCTET_MAX = 255;

    private static final Map<String, BiFunction<PropertiesBuilder, String, PropertiesBuilder>>
            TEXTS =
                    Map.ofEntries(
                            Map.entry("content_type", PropertiesBuilder::contentType),
                            Map.entry("content_encoding", PropertiesBuilder::contentEncoding),
                            Map.entry("correlation_id", PropertiesBuilder::correlationId),
                            Map.entry("reply_to", PropertiesBuilder::replyTo),
                            Map.entry("expiration", PropertiesBuilder::expiration),
                            Map.entry("message_id", PropertiesBuilder::messageId),
                            Map.entry("type", PropertiesBuilder::type),
                            Map.entry("user_id", PropertiesBuilder::userId),
                            Map.entry("app_id", PropertiesBuilder::appId),
                            Map.entry("cluster_id", PropertiesBuilder::clusterId));

    private PropertiesJson() {}

    sealed interface Read {
        record Raw(ByteBuffer properties) implements Read {}

        record Wrong(String reason) implements Read {}
    }

    /// Those that are there.
    static JsonObject json(Properties properties) {
        var json = JsonObject.object();
        properties.userId().ifPresent(text -> json.put("user_id", text));
        properties.appId().ifPresent(text -> json.put("app_id", text));
        properties.clusterId().ifPresent(text -> json.put("cluster_id", text));
        properties.type().ifPresent(text -> json.put("type", text));
        properties.timestamp().ifPresent(seconds -> json.put("timestamp", seconds));
        properties.messageId().ifPresent(text -> json.put("message_id", text));
        properties.expiration().ifPresent(text -> json.put("expiration", text));
        properties.replyTo().ifPresent(text -> json.put("reply_to", text));
        properties.correlationId().ifPresent(text -> json.put("correlation_id", text));
        properties.priority().ifPresent(priority -> json.put("priority", priority));
        properties.deliveryMode().ifPresent(mode -> json.put("delivery_mode", mode));
        if (properties.hasHeaders()) {
            json.put("headers", headers(properties.headers()));
        }
        properties.contentEncoding().ifPresent(text -> json.put("content_encoding", text));
        properties.contentType().ifPresent(text -> json.put("content_type", text));
        return json;
    }

    static Read read(JsonObject json) {
        var builder = new PropertiesBuilder();
        for (var field : json.fields().entrySet()) {
            var wrong = set(builder, field.getKey(), field.getValue());
            if (!wrong.isEmpty()) {
                return new Read.Wrong(wrong);
            }
        }
        return new Read.Raw(builder.build());
    }

    /// @return what is wrong with it; empty when nothing is
    private static String set(PropertiesBuilder builder, String name, Json value) {
        var setter = TEXTS.get(name);
        if (setter != null) {
            return value instanceof Json.Text(String text) && isShort(text)
                    ? done(setter.apply(builder, text))
                    : "not_string: " + name;
        }
        return switch (name) {
            case "headers" ->
                    value instanceof JsonObject headers
                            ? headers(builder, headers)
                            : "not_object: headers";
            case "timestamp" ->
                    number(value) >= 0 ? done(builder.timestamp(number(value))) : notInt(name);
            case "delivery_mode" ->
                    isOctet(value) ? done(builder.deliveryMode((int) number(value))) : notInt(name);
            case "priority" ->
                    isOctet(value) ? done(builder.priority((int) number(value))) : notInt(name);
            default -> "";
        };
    }

    private static String headers(PropertiesBuilder builder, JsonObject headers) {
        var texts = new LinkedHashMap<String, String>();
        for (var field : headers.fields().entrySet()) {
            if (field.getValue() instanceof Json.Null) {
                return "null_not_allowed";
            }
            if (!isShort(field.getKey())) {
                return "the name of a header is longer than 255 bytes";
            }
            texts.put(field.getKey(), field.getValue().text());
        }
        return done(builder.headers(Table.ofJson(texts)));
    }

    private static JsonObject headers(Table table) {
        var json = JsonObject.object();
        table.toJson()
                .forEach(
                        (name, text) ->
                                json.put(name, JsonReader.read(text).orElse(Json.nothing())));
        return json;
    }

    private static boolean isShort(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= SHORT_TEXT_BYTES_MAX;
    }

    private static boolean isOctet(Json value) {
        long number = number(value);
        return 0 <= number && number <= OCTET_MAX;
    }

    /// -1 for what is no whole number.
    private static long number(Json value) {
        return value instanceof Json.Digits digits
                        && digits.isWhole()
                        && digits.literal().length() <= 18
                ? Long.parseLong(digits.literal())
                : -1;
    }

    private static String notInt(String name) {
        return "not_int: " + name;
    }

    private static String done(PropertiesBuilder builder) {
        assert builder != null : "a builder returns itself";
        return "";
    }
}
