package io.sluice.broker.policy;

import java.util.Map;
import java.util.Optional;

/// What a topic's messages must be.
///
/// @param subject whose latest version counts unless a message names a schema
/// @param deadLetters whether what is invalid goes to the dead letters, rather than being refused
public record SchemaPolicy(Type type, String subject, boolean deadLetters) {
    public enum Type {
        JSON,
        AVRO,
        PROTOBUF
    }

    /// @param config the topic's
    /// @return empty: anything goes
    public static Optional<SchemaPolicy> of(String topic, Map<String, String> config) {
        if (!config.containsKey(PolicySetting.SCHEMA_TYPE.kafkaName())) {
            return Optional.empty();
        }
        var values = PolicyValues.ofKafka(config);
        return type(values.word(PolicySetting.SCHEMA_TYPE))
                .map(
                        type ->
                                new SchemaPolicy(
                                        type,
                                        values.text(PolicySetting.SCHEMA_SUBJECT)
                                                .orElse(topic + "-value"),
                                        values.word(PolicySetting.SCHEMA_ON_INVALID)
                                                .equals("dead-letter")));
    }

    private static Optional<Type> type(String word) {
        return switch (word) {
            case "json" -> Optional.of(Type.JSON);
            case "avro" -> Optional.of(Type.AVRO);
            case "protobuf" -> Optional.of(Type.PROTOBUF);
            default -> Optional.empty();
        };
    }
}
