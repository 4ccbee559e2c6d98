package io.sluice.conformance.tools;

import static io.sluice.conformance.support.Clients.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/// Kafka's own tools for share groups.
@Conformance
class ShareToolsTest {
    private static final String CONSOLE = "org.apache.kafka.tools.consumer.ConsoleShareConsumer";
    private static final String GROUPS = "org.apache.kafka.tools.consumer.group.ShareGroupCommand";

    @Test
    void theConsoleShareConsumerTakesAndKafkaShareGroupsShowsSetsBackAndDeletes(Clients clients) {
        var topic = clients.topic("tool-share", 1);
        var group = clients.name("tool-share");
        beginsEarliest(clients, group);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var at = "--bootstrap-server " + clients.bootstrap();
        var chosen = at + " --group " + group;

        assertThat(succeed(CONSOLE, chosen + " --topic " + topic + " --max-messages 3"))
                .contains("a")
                .contains("b")
                .contains("c");
        assertThat(succeed(GROUPS, at + " --list")).contains(group);
        Until.holds(
                "the group is empty",
                () -> succeed(GROUPS, chosen + " --describe --state").contains("Empty"));
        assertThat(succeed(GROUPS, chosen + " --describe --members")).doesNotContain("Error");
        assertThat(succeed(GROUPS, chosen + " --describe --offsets"))
                .containsPattern(topic + " +0 +3");
        var _ =
                succeed(
                        GROUPS,
                        chosen + " --reset-offsets --to-earliest --topic " + topic + " --execute");
        assertThat(succeed(GROUPS, chosen + " --describe --offsets"))
                .containsPattern(topic + " +0 +0");
        assertThat(succeed(CONSOLE, chosen + " --topic " + topic + " --max-messages 3 --reject"))
                .contains("c");
        Until.holds(
                "the group is empty again",
                () -> succeed(GROUPS, chosen + " --describe --state").contains("Empty"));
        assertThat(succeed(GROUPS, chosen + " --delete-offsets --topic " + topic))
                .contains("Successful");
        assertThat(succeed(GROUPS, chosen + " --delete")).contains("successful");
        assertThat(succeed(GROUPS, at + " --list")).doesNotContain(group);
    }

    private static void beginsEarliest(Clients clients, String group) {
        var setting =
                new AlterConfigOp(
                        new ConfigEntry("share.auto.offset.reset", "earliest"),
                        AlterConfigOp.OpType.SET);
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var _ =
                done(
                        clients.admin()
                                .incrementalAlterConfigs(Map.of(resource, List.of(setting)))
                                .all());
    }

    private static String succeed(String tool, String arguments) {
        var outcome = KafkaTool.run(tool, arguments);
        assertThat(outcome.status()).as("%s %s: %s", tool, arguments, outcome.err()).isZero();
        return outcome.out();
    }
}
