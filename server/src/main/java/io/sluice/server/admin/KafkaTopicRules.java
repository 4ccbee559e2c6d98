package io.sluice.server.admin;

import io.sluice.admin.sluice.TopicRules;
import io.sluice.broker.Catalog;
import io.sluice.dialect.kafka.admin.TopicCheck;
import java.util.Map;
import java.util.Optional;

/// The rules of topics are Kafka's.
public final class KafkaTopicRules implements TopicRules {
    private final TopicCheck check;

    /// @param durability of topics that do not say, `sync` or `os`
    public KafkaTopicRules(String durability) {
        this.check = new TopicCheck(durability);
    }

    @Override
    public Optional<String> ofName(String name, Catalog catalog) {
        return check.ofName(name, catalog);
    }

    @Override
    public Optional<String> ofConfig(Map<String, String> existing, Map<String, String> wanted) {
        return check.ofConfig(existing, wanted);
    }

    @Override
    public boolean isInternal(String name) {
        return TopicCheck.isInternal(name);
    }
}
