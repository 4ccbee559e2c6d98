package io.sluice.dialect.kafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Topic;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.dialect.kafka.MemoryBroker;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
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

    @Test
    void policiesAreCheckedTogetherAndToldInOneSentence() {
        assertThat(configs.refusal(Map.of(), Map.of("sluice.retry.initial.ms", "soon")))
                .contains("retry.initial.ms must be a number of milliseconds, 0 to 604800000");
        assertThat(
                        configs.refusal(
                                Map.of("sluice.retry.max.ms", "10"),
                                Map.of(
                                        "sluice.retry.max.ms",
                                        "10",
                                        "sluice.retry.initial.ms",
                                        "20")))
                .contains(
                        "retry.initial.ms is 20 and must not be larger than retry.max.ms, which is 10");
        assertThat(configs.refusal(Map.of(), Map.of("sluice.retry.initial.ms", "20"))).isEmpty();
        assertThat(configs.refusal(Map.of(), Map.of("sluice.retry.initail.ms", "20"))).isPresent();
    }

    @Test
    void everyPolicyIsDescribedWithItsTypeAndDocumentation() {
        var described = configs.describe(Map.of("sluice.retry.initial.ms", "20"));

        for (var policy : PolicySetting.values()) {
            assertThat(described)
                    .filteredOn(setting -> setting.name().equals(policy.kafkaName()))
                    .singleElement()
                    .satisfies(
                            setting ->
                                    assertThat(setting.documentation())
                                            .startsWith(policy.documentation()));
        }
        assertThat(described)
                .filteredOn(setting -> setting.name().equals("sluice.retry.initial.ms"))
                .singleElement()
                .satisfies(
                        setting -> {
                            assertThat(setting.value()).isEqualTo("20");
                            assertThat(setting.source()).isEqualTo(ConfigSource.TOPIC_CONFIG);
                            assertThat(setting.type()).isEqualTo(ConfigDef.Type.LONG);
                            assertThat(setting.synonyms()).hasSize(2);
                        });
    }

    @Test
    void aSecretIsShownToNobody() {
        assertThat(configs.describe(Map.of("sluice.push.secret", "hush")))
                .filteredOn(setting -> setting.name().equals("sluice.push.secret"))
                .singleElement()
                .satisfies(
                        setting -> {
                            assertThat(setting.isSensitive()).isTrue();
                            assertThat(setting.shownValue()).isNull();
                        });
    }

    @Test
    void aGroupHasAllPoliciesButThoseOfTopics() {
        var groups = new GroupConfigs(Map.of());

        assertThat(groups.refusal(Map.of("sluice.retry.initial.ms", "20"))).isEmpty();
        assertThat(groups.refusal(Map.of("sluice.retry.initial.ms", "-1")))
                .contains("retry.initial.ms must be 0 to 604800000");
        assertThat(groups.refusal(Map.of("sluice.schema.type", "json"))).isPresent();
        assertThat(groups.describe(Map.of("sluice.retry.initial.ms", "20")))
                .extracting(Setting::name)
                .contains("sluice.retry.initial.ms", "consumer.session.timeout.ms")
                .doesNotContain("sluice.schema.type")
                .isSorted();
        assertThat(GroupConfigs.withoutPolicies(Map.of("sluice.retry.initial.ms", "20"))).isEmpty();
    }

    private static Topic topic(Map<String, String> config) {
        return new Topic(ID, "orders", 1, config, 0);
    }
}
