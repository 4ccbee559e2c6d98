package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.AlterConfigsResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AlterConfigs, the way of old clients and of Kafka UIs: all settings at once.
class AlterConfigsTest {
    private final AdminTable table = new AdminTable();

    @BeforeEach
    void createTopic() {
        table.create("orders", 1, Map.of("retention.ms", "1000", "segment.ms", "5000"));
    }

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2})
    void whatIsLeftOutGoesBackToItsDefault(short version) {
        assertThat(errors(ask(version, false, topic("orders", "retention.ms", "2000"))))
                .containsExactly(Errors.NONE);
        assertThat(config()).isEqualTo(Map.of("retention.ms", "2000"));
    }

    @Test
    void validateOnlyChangesNothing() {
        assertThat(errors(ask((short) 2, true, topic("orders", "retention.ms", "2000"))))
                .containsExactly(Errors.NONE);
        assertThat(errors(ask((short) 2, true, topic("orders", "retention.ms", "soon"))))
                .containsExactly(Errors.INVALID_CONFIG);
        assertThat(config()).containsEntry("retention.ms", "1000");
    }

    @Test
    void oneWrongSettingLeavesAllAsTheyWere() {
        assertThat(
                        errors(
                                ask(
                                        (short) 2,
                                        false,
                                        topic("orders", "retention.ms", "2000", "no.such", "1"))))
                .containsExactly(Errors.INVALID_CONFIG);
        assertThat(config()).containsEntry("retention.ms", "1000");
    }

    @Test
    void malformedListsAreRefused() {
        assertThat(errors(ask((short) 2, false, topic("orders", "retention.ms", null))))
                .containsExactly(Errors.INVALID_REQUEST);
        var twice = topic("orders", "retention.ms", "1");
        twice.configs().mustAdd(new AlterableConfig().setName("retention.ms").setValue("2"));
        assertThat(errors(ask((short) 2, false, twice))).containsExactly(Errors.INVALID_REQUEST);
    }

    @Test
    void aResourceGivenTwiceIsRefusedTwice() {
        assertThat(
                        errors(
                                ask(
                                        (short) 2,
                                        false,
                                        topic("orders", "retention.ms", "1"),
                                        topic("orders"))))
                .containsExactly(Errors.INVALID_REQUEST, Errors.INVALID_REQUEST);
        assertThat(config()).hasSize(2);
    }

    @Test
    void anUnknownTopicIsRefused() {
        assertThat(errors(ask((short) 2, false, topic("nothing", "retention.ms", "1"))))
                .containsExactly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void theBrokerIsNotChangedWhileItRuns() {
        var broker =
                topic("1", "log.retention.ms", "1")
                        .setResourceType(ConfigResource.Type.BROKER.id());

        assertThat(errors(ask((short) 2, false, broker))).containsExactly(Errors.INVALID_REQUEST);
    }

    @Test
    void groupsAreToldHowToBehave() {
        var group =
                topic("workers", "consumer.session.timeout.ms", "50000")
                        .setResourceType(ConfigResource.Type.GROUP.id());

        assertThat(errors(ask((short) 2, false, group))).containsExactly(Errors.NONE);
        assertThat(table.broker.catalog().settings("group", "workers"))
                .isEqualTo(Map.of("consumer.session.timeout.ms", "50000"));
    }

    private Map<String, String> config() {
        return table.broker.catalog().topic("orders").orElseThrow().config();
    }

    private AlterConfigsResponse ask(
            short version, boolean validateOnly, AlterConfigsResource... resources) {
        var data = new AlterConfigsRequestData().setValidateOnly(validateOnly);
        Arrays.stream(resources).forEach(resource -> data.resources().mustAdd(resource));
        return table.ask(new AlterConfigsRequest(data, version), AlterConfigsResponse.class);
    }

    private static AlterConfigsResource topic(String name, @Nullable String... settings) {
        var resource =
                new AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName(name);
        for (var i = 0; i < settings.length; i += 2) {
            resource.configs()
                    .mustAdd(new AlterableConfig().setName(settings[i]).setValue(settings[i + 1]));
        }
        return resource;
    }

    private static List<Errors> errors(AlterConfigsResponse answer) {
        return answer.data().responses().stream()
                .map(one -> Errors.forCode(one.errorCode()))
                .toList();
    }
}
