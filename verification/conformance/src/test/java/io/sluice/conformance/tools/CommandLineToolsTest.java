package io.sluice.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's own tools, as the scripts in its `bin` call them.
@Conformance
class CommandLineToolsTest {
    private static final String TOPICS = "org.apache.kafka.tools.TopicCommand";
    private static final String CONFIGS = "kafka.admin.ConfigCommand";
    private static final String GROUPS =
            "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private static final String CONSOLE_PRODUCER = "org.apache.kafka.tools.ConsoleProducer";
    private static final String CONSOLE_CONSUMER =
            "org.apache.kafka.tools.consumer.ConsoleConsumer";
    private static final String GET_OFFSETS = "org.apache.kafka.tools.GetOffsetShell";

    @Test
    void kafkaTopicsCreatesListsDescribesAltersAndDeletes(Clients clients) {
        var at = "--bootstrap-server " + clients.bootstrap();
        var topic = clients.name("tool-topics");
        var chosen = at + " --topic " + topic;

        assertThat(succeed(TOPICS, chosen + " --create --partitions 2 --config retention.ms=50000"))
                .contains("Created topic " + topic);
        assertThat(fail(TOPICS, chosen + " --create")).contains("already exists");
        assertThat(succeed(TOPICS, at + " --list")).contains(topic);
        assertThat(succeed(TOPICS, chosen + " --describe"))
                .contains("PartitionCount: 2")
                .contains("retention.ms=50000");
        var _ = succeed(TOPICS, chosen + " --alter --partitions 4");
        assertThat(succeed(TOPICS, chosen + " --describe")).contains("PartitionCount: 4");
        assertThat(succeed(TOPICS, at + " --describe --unavailable-partitions")).isBlank();
        var _ = succeed(TOPICS, chosen + " --delete");
        Until.holds("the topic is gone", () -> !succeed(TOPICS, at + " --list").contains(topic));
    }

    @Test
    void kafkaConfigsAltersAndDescribes(Clients clients) {
        var at = "--bootstrap-server " + clients.bootstrap();
        var topic = "--entity-type topics --entity-name " + clients.topic("tool-configs", 1);
        var group = "--entity-type groups --entity-name " + clients.name("tool-configs");

        assertThat(succeed(CONFIGS, at + " --alter --add-config retention.ms=12345 " + topic))
                .contains("Completed updating config");
        assertThat(succeed(CONFIGS, at + " --describe " + topic)).contains("retention.ms=12345");
        var _ = succeed(CONFIGS, at + " --alter --delete-config retention.ms " + topic);
        assertThat(succeed(CONFIGS, at + " --describe " + topic))
                .doesNotContain("retention.ms=12345");
        assertThat(
                        succeed(
                                CONFIGS,
                                at
                                        + " --describe --all --entity-type brokers --entity-name "
                                        + nodeId(clients)))
                .contains("auto.create.topics.enable=true");
        var _ =
                succeed(
                        CONFIGS,
                        at + " --alter --add-config consumer.session.timeout.ms=50000 " + group);
        assertThat(succeed(CONFIGS, at + " --describe " + group))
                .contains("consumer.session.timeout.ms=50000");
        assertThat(fail(CONFIGS, at + " --alter --add-config no.such.setting=1 " + topic))
                .contains("no.such.setting");
    }

    @Test
    void theConsoleProducerAndConsumerTalk(Clients clients) {
        var topic = clients.topic("tool-console", 1);
        var chosen = "--bootstrap-server " + clients.bootstrap() + " --topic " + topic;

        var produced =
                KafkaTool.runWithInput(
                        CONSOLE_PRODUCER,
                        chosen
                                + " --reader-property parse.key=true --reader-property key.separator=:",
                        "k1:one\nk2:two\n");
        assertThat(produced.status()).as(produced.err()).isZero();

        assertThat(
                        succeed(
                                CONSOLE_CONSUMER,
                                chosen
                                        + " --from-beginning --max-messages 2 --formatter-property print.key=true --formatter-property print.offset=true"))
                .contains("Offset:0\tk1\tone")
                .contains("Offset:1\tk2\ttwo");
        assertThat(succeed(CONSOLE_CONSUMER, chosen + " --partition 0 --offset 1 --max-messages 1"))
                .isEqualToIgnoringNewLines("two");
    }

    @Test
    void kafkaConsumerGroupsListsDescribesResetsAndDeletes(Clients clients) {
        var topic = clients.topic("tool-groups", 1);
        var group = clients.name("tool-groups");
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var at = "--bootstrap-server " + clients.bootstrap();
        var chosen = at + " --group " + group;

        assertThat(
                        succeed(
                                CONSOLE_CONSUMER,
                                chosen
                                        + " --topic "
                                        + topic
                                        + " --from-beginning --max-messages 3"))
                .contains("c");
        assertThat(succeed(GROUPS, at + " --list")).contains(group);
        assertThat(succeed(GROUPS, chosen + " --describe --offsets")).contains(topic);
        assertThat(succeed(GROUPS, chosen + " --describe --state")).contains("Empty");
        assertThat(succeed(GROUPS, chosen + " --describe --members --verbose"))
                .doesNotContain("Error");
        var _ =
                succeed(
                        GROUPS,
                        chosen + " --reset-offsets --to-offset 1 --topic " + topic + " --execute");
        assertThat(succeed(CONSOLE_CONSUMER, chosen + " --topic " + topic + " --max-messages 2"))
                .contains("b")
                .contains("c")
                .doesNotContain("a");
        assertThat(succeed(GROUPS, chosen + " --delete-offsets --topic " + topic))
                .contains("Successful");
        assertThat(succeed(GROUPS, chosen + " --delete")).contains("successful");
        assertThat(succeed("org.apache.kafka.tools.GroupsCommand", at + " --list"))
                .doesNotContain(group);
    }

    @Test
    void offsetsAreShownAndRecordsDeleted(Clients clients, @TempDir Path directory)
            throws IOException {
        var topic = clients.topic("tool-offsets", 1);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var at = "--bootstrap-server " + clients.bootstrap();
        var request = directory.resolve("delete.json");
        Files.writeString(
                request,
                "{\"partitions\":[{\"topic\":\""
                        + topic
                        + "\",\"partition\":0,\"offset\":2}],\"version\":1}");

        assertThat(succeed(GET_OFFSETS, at + " --topic " + topic)).contains(topic + ":0:3");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.DeleteRecordsCommand",
                                at + " --offset-json-file " + request))
                .contains("low_watermark: 2");
        assertThat(succeed(GET_OFFSETS, at + " --time earliest --topic " + topic))
                .contains(topic + ":0:2");
        assertThat(succeed(GET_OFFSETS, at + " --time latest --topic " + topic))
                .contains(topic + ":0:3");
    }

    @Test
    void theClusterIsLookedAt(Clients clients) {
        var topic = clients.topic("tool-cluster", 1);
        var at = "--bootstrap-server " + clients.bootstrap();

        assertThat(succeed("org.apache.kafka.tools.BrokerApiVersionsCommand", at))
                .contains("Produce(0): ")
                .contains("ApiVersions(18): ");
        assertThat(succeed("org.apache.kafka.tools.ClusterTool", "cluster-id " + at))
                .contains("Cluster ID: ");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.LogDirsCommand",
                                at + " --describe --topic-list " + topic))
                .contains(topic + "-0");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.MetadataQuorumCommand",
                                at + " describe --status"))
                .contains("LeaderId:");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.MetadataQuorumCommand",
                                at + " describe --replication"))
                .contains("Leader");
        var _ = succeed("org.apache.kafka.tools.FeatureCommand", at + " describe");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
                                at + " --list"))
                .contains("No partition reassignments found");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.LeaderElectionCommand",
                                at
                                        + " --election-type preferred --topic "
                                        + topic
                                        + " --partition 0"))
                .contains("Valid replica already elected");
    }

    @Test
    void producersAreShown(Clients clients) {
        var topic = clients.topic("tool-producers", 1);
        var _ = clients.write(topic, 0, List.of("a"));

        assertThat(
                        succeed(
                                "org.apache.kafka.tools.TransactionsCommand",
                                "--bootstrap-server "
                                        + clients.bootstrap()
                                        + " describe-producers --topic "
                                        + topic
                                        + " --partition 0"))
                .contains("ProducerId");
    }

    @Test
    void thePerformanceToolsRun(Clients clients) {
        var topic = clients.topic("tool-perf", 2);
        var at = "--bootstrap-server " + clients.bootstrap();

        assertThat(
                        succeed(
                                "org.apache.kafka.tools.ProducerPerformance",
                                at
                                        + " --topic "
                                        + topic
                                        + " --num-records 2000 --record-size 200 --throughput -1"))
                .contains("2000 records sent");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.ConsumerPerformance",
                                at + " --topic " + topic + " --num-records 2000 --hide-header"))
                .contains(",");
        assertThat(
                        succeed(
                                "org.apache.kafka.tools.EndToEndLatency",
                                at
                                        + " --topic "
                                        + topic
                                        + " --num-records 20 --producer-acks all --record-size 50"))
                .contains("Avg latency");
    }

    private static String nodeId(Clients clients) {
        return Clients.done(clients.admin().describeCluster().nodes()).iterator().next().idString();
    }

    private static String succeed(String tool, String arguments) {
        var outcome = KafkaTool.run(tool, arguments);
        assertThat(outcome.status())
                .as("%s %s: %s%s", tool, arguments, outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }

    private static String fail(String tool, String arguments) {
        var outcome = KafkaTool.run(tool, arguments);
        assertThat(outcome.status())
                .as("%s %s: %s%s", tool, arguments, outcome.out(), outcome.err())
                .isNotZero();
        return outcome.out() + outcome.err();
    }
}
