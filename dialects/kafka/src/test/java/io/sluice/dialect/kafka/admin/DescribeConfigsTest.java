package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// DescribeConfigs: what is shown is what Kafka shows.
class DescribeConfigsTest {
    private final AdminTable table = new AdminTable();

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {1, 2, 3, 4})
    void everyVersionShowsATopicsSettings(short version) {
        table.create("orders", 1, Map.of("retention.ms", "1000"));

        var result = ask(version, ConfigResource.Type.TOPIC.id(), "orders", null);

        assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.NONE);
        assertThat(result.configs())
                .extracting(DescribeConfigsResourceResult::name)
                .containsAll(LogConfig.nonInternalConfigNames())
                .contains("sluice.durability")
                .doesNotContain(LogConfig.INTERNAL_SEGMENT_BYTES_CONFIG)
                .isSorted();
        assertThat(setting(result, "retention.ms").value()).isEqualTo("1000");
    }

    @Test
    void whatWasSetComesFromTheTopic() {
        table.create("orders", 1, Map.of("segment.bytes", "2097152"));

        var shown = setting(topic("orders"), "segment.bytes");

        assertThat(shown.configSource()).isEqualTo(ConfigSource.TOPIC_CONFIG.id());
        assertThat(shown.configType()).isEqualTo(ConfigType.INT.id());
        assertThat(shown.readOnly()).isFalse();
        assertThat(synonyms(shown))
                .containsExactly(
                        "TOPIC_CONFIG:segment.bytes=2097152",
                        "DEFAULT_CONFIG:log.segment.bytes=1073741824");
        assertThat(shown.documentation()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "segment.bytes, 1073741824, DEFAULT_CONFIG:log.segment.bytes=1073741824, INT",
        "max.message.bytes, 1048588, DEFAULT_CONFIG:message.max.bytes=1048588, INT",
        "cleanup.policy, delete, DEFAULT_CONFIG:log.cleanup.policy=delete, LIST",
        "compression.type, producer, DEFAULT_CONFIG:compression.type=producer, STRING",
        "min.cleanable.dirty.ratio, 0.5, DEFAULT_CONFIG:log.cleaner.min.cleanable.ratio=0.5, DOUBLE",
        "unclean.leader.election.enable, false, DEFAULT_CONFIG:unclean.leader.election.enable=false, BOOLEAN",
        "local.retention.ms, -2, DEFAULT_CONFIG:log.local.retention.ms=-2, LONG",
        "sluice.durability, sync, DEFAULT_CONFIG:sluice.durability=sync, STRING",
        // The broker's counterparts have no default of their own, which Kafka shows as no synonym
        // at all.
        "retention.ms, 604800000, , LONG",
        "segment.ms, 604800000, , LONG",
        "flush.ms, 9223372036854775807, , LONG",
        "remote.storage.enable, false, , BOOLEAN"
    })
    void whatWasNotSetShowsTheBrokersCounterpartAsKafkaDoes(
            String name, String value, @Nullable String synonym, ConfigType type) {
        table.create("orders", 1, Map.of());

        var shown = setting(topic("orders"), name);

        assertThat(shown.value()).isEqualTo(value);
        assertThat(shown.configSource()).isEqualTo(ConfigSource.DEFAULT_CONFIG.id());
        assertThat(shown.configType()).isEqualTo(type.id());
        assertThat(synonyms(shown)).isEqualTo(synonym == null ? List.of() : List.of(synonym));
    }

    @Test
    void synonymsAndDocumentationComeOnlyWhenAskedFor() {
        table.create("orders", 1, Map.of());
        var data =
                new DescribeConfigsRequestData()
                        .setResources(
                                List.of(resource(ConfigResource.Type.TOPIC.id(), "orders", null)));

        var shown = setting(ask(data, (short) 4), "segment.bytes");

        assertThat(shown.synonyms()).isEmpty();
        assertThat(shown.documentation()).isNull();
    }

    @Test
    void namedSettingsAreShownAlone() {
        table.create("orders", 1, Map.of());

        var result =
                ask(
                        (short) 4,
                        ConfigResource.Type.TOPIC.id(),
                        "orders",
                        List.of("retention.ms", "no.such.setting"));

        assertThat(result.configs())
                .extracting(DescribeConfigsResourceResult::name)
                .containsExactly("retention.ms");
    }

    @Test
    void theBrokerShowsHowItWasStarted() {
        var result = ask((short) 4, ConfigResource.Type.BROKER.id(), "1", null);

        assertThat(setting(result, "num.partitions").value()).isEqualTo("3");
        assertThat(synonyms(setting(result, "num.partitions")))
                .containsExactly(
                        "STATIC_BROKER_CONFIG:num.partitions=3", "DEFAULT_CONFIG:num.partitions=1");
        assertThat(setting(result, "log.dirs").value()).isEqualTo("/var/lib/sluice");
        assertThat(setting(result, "log.retention.hours").value()).isEqualTo("168");
        assertThat(setting(result, "group.consumer.session.timeout.ms").value()).isEqualTo("45000");
        assertThat(result.configs()).allMatch(DescribeConfigsResourceResult::readOnly);
    }

    @Test
    void nothingIsSetForAllBrokersWhileTheyRun() {
        var result = ask((short) 4, ConfigResource.Type.BROKER.id(), "", null);

        assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.NONE);
        assertThat(result.configs()).isEmpty();
    }

    @Test
    void aGroupNeedNotExistToShowItsDefaults() {
        var shown =
                setting(
                        ask((short) 4, ConfigResource.Type.GROUP.id(), "workers", null),
                        "consumer.session.timeout.ms");

        assertThat(shown.value()).isEqualTo("45000");
        assertThat(synonyms(shown))
                .containsExactly("DEFAULT_CONFIG:group.consumer.session.timeout.ms=45000");
    }

    @Test
    void noClientsMetricsAreCollected() {
        var result = ask((short) 4, ConfigResource.Type.CLIENT_METRICS.id(), "any", null);

        assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.NONE);
        assertThat(result.configs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TOPIC, nothing, UNKNOWN_TOPIC_OR_PARTITION",
        "TOPIC, with space, INVALID_TOPIC_EXCEPTION",
        "TOPIC, '', INVALID_REQUEST",
        "BROKER, 2, INVALID_REQUEST",
        "BROKER, one, INVALID_REQUEST",
        "BROKER_LOGGER, 1, INVALID_REQUEST",
        "GROUP, '', INVALID_REQUEST",
        "CLIENT_METRICS, '', INVALID_REQUEST",
        "UNKNOWN, any, INVALID_REQUEST"
    })
    void whatHasNoSettingsIsRefused(ConfigResource.Type type, String name, Errors expected) {
        var result = ask((short) 4, type.id(), name, null);

        assertThat(Errors.forCode(result.errorCode())).isEqualTo(expected);
        assertThat(result.errorMessage()).isNotBlank();
        assertThat(result.configs()).isEmpty();
    }

    @Test
    void aTypeThatNobodyKnowsIsRefused() {
        assertThat(Errors.forCode(ask((short) 4, (byte) 99, "any", null).errorCode()))
                .isEqualTo(Errors.INVALID_REQUEST);
    }

    private DescribeConfigsResult topic(String name) {
        return ask((short) 4, ConfigResource.Type.TOPIC.id(), name, null);
    }

    private DescribeConfigsResult ask(
            short version, byte type, String name, @Nullable List<String> keys) {
        var data =
                new DescribeConfigsRequestData()
                        .setIncludeSynonyms(true)
                        .setIncludeDocumentation(version >= 3)
                        .setResources(List.of(resource(type, name, keys)));
        return ask(data, version);
    }

    private DescribeConfigsResult ask(DescribeConfigsRequestData data, short version) {
        return table.ask(
                        new DescribeConfigsRequest.Builder(data).build(version),
                        DescribeConfigsResponse.class)
                .data()
                .results()
                .getFirst();
    }

    private static DescribeConfigsResource resource(
            byte type, String name, @Nullable List<String> keys) {
        return new DescribeConfigsResource()
                .setResourceType(type)
                .setResourceName(name)
                .setConfigurationKeys(keys);
    }

    private static DescribeConfigsResourceResult setting(
            DescribeConfigsResult result, String name) {
        return result.configs().stream()
                .filter(config -> config.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> synonyms(DescribeConfigsResourceResult shown) {
        return shown.synonyms().stream()
                .map(
                        synonym ->
                                ConfigSource.forId(synonym.source())
                                        + ":"
                                        + synonym.name()
                                        + "="
                                        + synonym.value())
                .toList();
    }
}
