package io.sluice.dialect.kafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.MemoryBroker;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

/// What a topic's settings are to those who obey them.
class TopicConfigsTest {
    private static final UUID ID = new UUID(1, 2);

    private final TopicConfigs configs = new TopicConfigs("sync");

    @Test
    void whatIsNotSetHasKafkasDefault() {
        var config = configs.of(topic(Map.of()));

        assertThat(config.maxMessageSize()).isEqualTo(1_048_588);
        assertThat(config.messageTimestampType).isEqualTo(TimestampType.CREATE_TIME);
        assertThat(config.compact).isFalse();
        assertThat(config.delete).isTrue();
    }

    @Test
    void whatIsSetCounts() {
        var config =
                configs.of(
                        topic(
                                Map.of(
                                        "max.message.bytes", "10",
                                        "message.timestamp.type", "LogAppendTime",
                                        "cleanup.policy", "compact",
                                        "sluice.durability", "os")));

        assertThat(config.maxMessageSize()).isEqualTo(10);
        assertThat(config.messageTimestampType).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(config.compact).isTrue();
        assertThat(config.delete).isFalse();
    }

    @Test
    void aTopicsSettingsAreParsedOnce() {
        var first = configs.of(topic(Map.of("retention.ms", "1")));

        assertThat(configs.of(topic(Map.of("retention.ms", "1")))).isSameAs(first);
    }

    @Test
    void changedSettingsAreSeen() {
        configs.of(topic(Map.of("max.message.bytes", "10")));

        assertThat(configs.of(topic(Map.of("max.message.bytes", "20"))).maxMessageSize())
                .isEqualTo(20);
    }

    @Test
    void topicsThatAreGoneAreForgotten() {
        var gone = topic(Map.of());
        var first = configs.of(gone);

        try (var broker = new MemoryBroker()) {
            configs.retain(broker.catalog());
        }

        assertThat(configs.of(gone)).isNotSameAs(first);
    }

    @Test
    void theServersDurabilityIsTheDefault() {
        assertThat(durability(new TopicConfigs("os"), Map.of()).value()).isEqualTo("os");
        assertThat(durability(new TopicConfigs("os"), Map.of("sluice.durability", "sync")).value())
                .isEqualTo("sync");
    }

    @Test
    void whatCameWithAQueueCannotBeChanged() {
        var owned = Map.of("sluice.retention", "consumed");
        assertThat(configs.refusal(Map.of(), owned)).isPresent();
        assertThat(configs.refusal(owned, Map.of("sluice.retention", "time"))).isPresent();
        assertThat(
                        configs.refusal(
                                owned, Map.of("sluice.retention", "consumed", "retention.ms", "5")))
                .isEmpty();
        assertThat(configs.describe(owned))
                .filteredOn(setting -> setting.name().equals("sluice.retention"))
                .singleElement()
                .matches(setting -> "consumed".equals(setting.value()) && setting.readOnly());
    }

    @Test
    void everySettingIsExplained() {
        assertThat(configs.describe(Map.of()))
                .hasSizeGreaterThan(LogConfig.nonInternalConfigNames().size())
                .allSatisfy(setting -> assertThat(setting.documentation()).isNotBlank());
    }

    private static Setting durability(TopicConfigs configs, Map<String, String> config) {
        return configs.describe(config).stream()
                .filter(setting -> setting.name().equals("sluice.durability"))
                .findFirst()
                .orElseThrow();
    }

    private static Topic topic(Map<String, String> config) {
        return new Topic(ID, "orders", 1, config, 0);
    }
}
