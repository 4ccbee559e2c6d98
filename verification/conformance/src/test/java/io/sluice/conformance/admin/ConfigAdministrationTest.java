package io.sluice.conformance.admin;

import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

@Conformance
class ConfigAdministrationTest {
    @Test
    void everyTopicSettingOfKafkaIsListedWithItsSource(Clients clients) {
        var resource = topic(clients.topic("configured", 1, "retention.ms", "77777"));

        var config = describe(clients, resource);

        assertThat(config.entries().stream().map(ConfigEntry::name))
                .contains(
                        "cleanup.policy",
                        "compression.type",
                        "delete.retention.ms",
                        "max.message.bytes",
                        "message.timestamp.type",
                        "min.cleanable.dirty.ratio",
                        "min.insync.replicas",
                        "retention.bytes",
                        "segment.bytes");
        assertThat(config.get("retention.ms").source())
                .isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(config.get("retention.ms").value()).isEqualTo("77777");
        assertThat(config.get("cleanup.policy").isDefault()).isTrue();
        assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
    }

    @Test
    void synonymsAndDocumentationComeOnRequest(Clients clients) {
        var resource = topic(clients.topic("synonyms", 1, "segment.bytes", "2000000"));
        var options = new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true);

        var entry =
                at(
                                done(
                                        clients.admin()
                                                .describeConfigs(List.of(resource), options)
                                                .all()),
                                resource)
                        .get("segment.bytes");

        assertThat(entry.documentation()).isNotBlank();
        assertThat(entry.type()).isEqualTo(ConfigEntry.ConfigType.INT);
        assertThat(entry.synonyms().getFirst().source())
                .isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(entry.synonyms())
                .extracting(ConfigEntry.ConfigSynonym::source)
                .contains(ConfigSource.DEFAULT_CONFIG);
    }

    @Test
    void settingsAreSetDeletedAppendedAndSubtracted(Clients clients) {
        var resource = topic(clients.topic("altered", 1));

        done(alter(clients, resource, "retention.ms", "5000", OpType.SET));
        awaitValue(clients, resource, "retention.ms", "5000");
        done(alter(clients, resource, "retention.ms", "", OpType.DELETE));
        awaitValue(clients, resource, "retention.ms", "604800000");
        done(alter(clients, resource, "cleanup.policy", "compact", OpType.APPEND));
        Until.holds(
                "both policies",
                () ->
                        List.of(
                                        describe(clients, resource)
                                                .get("cleanup.policy")
                                                .value()
                                                .split(","))
                                .containsAll(List.of("delete", "compact")));
        done(alter(clients, resource, "cleanup.policy", "delete", OpType.SUBTRACT));
        awaitValue(clients, resource, "cleanup.policy", "compact");
    }

    @Test
    void aValidationChangesNothing(Clients clients) {
        var resource = topic(clients.topic("validated", 1));
        var op = new AlterConfigOp(new ConfigEntry("retention.ms", "5000"), OpType.SET);
        var validate = new AlterConfigsOptions().validateOnly(true);

        done(
                clients.admin()
                        .incrementalAlterConfigs(Map.of(resource, List.of(op)), validate)
                        .all());

        assertThat(describe(clients, resource).get("retention.ms").value()).isEqualTo("604800000");
    }

    @Test
    void impossibleSettingsAreRefused(Clients clients) {
        var resource = topic(clients.topic("refused", 1));

        assertThat(refusal(alter(clients, resource, "no.such.setting", "1", OpType.SET)))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThat(refusal(alter(clients, resource, "retention.ms", "soon", OpType.SET)))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThat(refusal(alter(clients, resource, "cleanup.policy", "burn", OpType.SET)))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThat(refusal(alter(clients, resource, "retention.ms", "5", OpType.APPEND)))
                .isInstanceOfAny(
                        InvalidConfigurationException.class, InvalidRequestException.class);
        assertThat(
                        refusal(
                                alter(
                                        clients,
                                        topic(clients.name("none")),
                                        "retention.ms",
                                        "5",
                                        OpType.SET)))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(
                        refusal(
                                clients.admin()
                                        .describeConfigs(List.of(topic(clients.name("none"))))
                                        .all()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void theBrokersOwnSettingsAreDescribed(Clients clients) {
        var node = done(clients.admin().describeCluster().nodes()).iterator().next();
        var resource = new ConfigResource(ConfigResource.Type.BROKER, node.idString());

        var config = describe(clients, resource);

        assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("true");
        assertThat(config.get("message.max.bytes")).isNotNull();
        assertThat(config.get("log.retention.ms")).isNotNull();
    }

    @Test
    void groupSettingsAreAlteredAndListed(Clients clients) {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, clients.name("configured"));

        done(alter(clients, resource, "consumer.session.timeout.ms", "50000", OpType.SET));

        awaitValue(clients, resource, "consumer.session.timeout.ms", "50000");
        var listed =
                clients.admin()
                        .listConfigResources(
                                Set.of(ConfigResource.Type.GROUP),
                                new ListConfigResourcesOptions());
        assertThat(done(listed.all())).contains(resource);
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static Config describe(Clients clients, ConfigResource resource) {
        return clients.config(resource);
    }

    private static KafkaFuture<Void> alter(
            Clients clients, ConfigResource resource, String name, String value, OpType how) {
        var op = new AlterConfigOp(new ConfigEntry(name, value), how);
        return clients.admin().incrementalAlterConfigs(Map.of(resource, List.of(op))).all();
    }

    private static void awaitValue(
            Clients clients, ConfigResource resource, String name, String value) {
        Until.holds(
                name + " is " + value,
                () -> describe(clients, resource).get(name).value().equals(value));
    }
}
