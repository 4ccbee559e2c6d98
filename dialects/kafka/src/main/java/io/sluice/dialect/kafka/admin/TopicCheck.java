package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Catalog;
import io.sluice.dialect.kafka.config.TopicConfigs;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.requests.ApiError;

/// Kafka's rules of topics for those who make and change them by another way than its protocol, such as the admin API. Each says what is wrong, in
/// Kafka's words, if anything is.
public final class TopicCheck {
    private final TopicConfigs configs;

    /// @param durability of topics that do not say, `sync` or `os`
    public TopicCheck(String durability) {
        this.configs = new TopicConfigs(durability);
    }

    /// Of a name that a new topic wants.
    public Optional<String> ofName(String name, Catalog catalog) {
        return TopicRules.newNameRefusal(name, catalog).map(ApiError::message);
    }

    /// @param existing empty for a new topic
    public Optional<String> ofConfig(Map<String, String> existing, Map<String, String> wanted) {
        return configs.refusal(existing, wanted);
    }

    /// Whether the broker keeps it for itself.
    public static boolean isInternal(String name) {
        return TopicRules.internal(name);
    }
}
