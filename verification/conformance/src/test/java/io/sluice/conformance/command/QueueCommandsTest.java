package io.sluice.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@Conformance
class QueueCommandsTest {
    @Test
    void aQueueIsMadeFilledSeenEmptiedAndDeleted(ManagementAddress broker) {
        var shell = new Shell(broker);
        var queue = broker.name("commands");
        assertThat(shell.run("queue", "create", queue, "--argument", "x-max-length=100"))
                .isEqualTo("Queue " + queue + " is there.\n");

        shell.run("publish", queue, "hello", "--key", "k1", "--header", "colour=red");
        var typed = shell.type("one\ntwo\nthree\n", "publish", queue, "--lines");
        assertThat(typed.out()).isEqualTo("3 published.\n");
        assertThat(shell.type("\u0007all of it", "publish", queue).status()).isZero();

        assertThat(row(shell.run("queue", "list"), queue))
                .containsPattern("/ +" + queue + " +5 +0 +0 ");
        assertThat(shell.run("queue", "show", queue))
                .containsPattern("(?m)^name +" + queue + "$")
                .containsPattern("(?m)^ready +5$")
                .containsPattern("(?m)^ +x-max-length +100$|x-max-length[ =]100");
        assertThat(shell.run("peek", queue, "--limit", "4"))
                .hasLineCount(5)
                .contains("BODY", "hello", "one", "three", "k1")
                .doesNotContain("all of it");
        assertThat(shell.run("peek", queue)).contains("\\x07all of it").doesNotContain("\u0007");

        shell.run("queue", "purge", queue);
        assertThat(row(shell.run("queue", "list"), queue)).containsPattern(queue + " +0 ");
        assertThat(shell.run("queue", "delete", queue))
                .isEqualTo("Queue " + queue + " is deleted.\n");
        assertThat(shell.run("queue", "list")).doesNotContain(queue);
    }

    @Test
    void aQueueWithAConsumerStaysWhenOnlyAnUnusedOneIsToGo(
            ManagementAddress broker, AmqpClients clients) throws Exception {
        var shell = new Shell(broker);
        var queue = broker.name("commands");
        shell.run("queue", "create", queue);
        try (var channel = clients.channel()) {
            channel.basicConsume(queue, true, (_, _) -> {}, _ -> {});

            var refused = shell.type("", "queue", "delete", queue, "--if-unused");

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains(queue).hasLineCount(1);
            assertThat(shell.run("queue", "show", queue)).containsPattern("(?m)^consumers +1$");
        }
        Until.holds(
                "nobody consumes any more",
                () -> shell.type("", "queue", "delete", queue, "--if-unused").status() == 0);
    }

    @Test
    void aThousandMessagesAreOneCommand(ManagementAddress broker) {
        var shell = new Shell(broker);
        var queue = broker.name("commands");
        shell.run("queue", "create", queue);

        assertThat(shell.run("publish", queue, "x", "--count", "1000"))
                .isEqualTo("1,000 published.\n");

        assertThat(row(shell.run("queue", "list"), queue)).containsPattern(queue + " +1,000 ");
    }

    @Test
    void forScriptsTheBrokersAnswerIsPrintedAsItIs(ManagementAddress broker) {
        var shell = new Shell(broker);
        var queue = broker.name("commands");
        shell.run("queue", "create", queue);
        shell.run("publish", queue, "hello");

        var path = "sluice/queues/%2F/" + queue;
        assertThat(shell.run("queue", "show", queue, "--json"))
                .isEqualTo(broker.call("GET", path, "").body() + "\n");
        assertThat(shell.run("peek", queue, "--json"))
                .isEqualTo(broker.call("GET", path + "/messages?limit=20", "").body() + "\n");
        assertThat(shell.run("policy", "settings", "--json"))
                .isEqualTo(broker.call("GET", "sluice/policy-settings", "").body() + "\n");
    }

    @Test
    void whatTheBrokerRefusesIsOneSentence(ManagementAddress broker) {
        var shell = new Shell(broker);

        var unknown = shell.type("", "queue", "show", broker.name("none"));
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).startsWith("sluice: no queue 'none-").hasLineCount(1);

        var stranger = shell.type("", "queue", "list", "--password", "wrong");
        assertThat(stranger.status()).isEqualTo(1);
        assertThat(stranger.err())
                .isEqualTo(
                        "sluice: the broker does not know this user and password (--user, --password)\n");

        var misused = shell.type("", "queue", "show");
        assertThat(misused.status()).isEqualTo(2);
        assertThat(misused.err()).contains("(see sluice queue show --help)").hasLineCount(1);
    }

    @Test
    void aPolicyIsSetSeenAndTakenBack(ManagementAddress broker) {
        var shell = new Shell(broker);
        var queue = broker.name("commands");
        shell.run("queue", "create", queue, "--policy", "retry.max.attempts=5");

        assertThat(shell.run("policy", "set", queue, "retry.initial.ms=500", "retry.jitter=full"))
                .isEqualTo("Done; it holds from now on.\n");
        assertThat(shell.run("policy", "show", queue))
                .hasLineCount(4)
                .containsPattern("(?m)^retry.initial.ms +500 +attribute$")
                .containsPattern("(?m)^retry.max.attempts +5 +attribute$");
        shell.run("policy", "unset", queue, "retry.initial.ms");
        shell.run("queue", "policy", queue, "--unset", "retry.jitter", "retry.multiplier=3");
        assertThat(shell.run("queue", "policy", queue))
                .contains("retry.multiplier")
                .doesNotContain("retry.initial.ms", "retry.jitter");
        assertThat(shell.run("policy", "show", queue, "--all")).contains("breaker.open.ms");

        var contradiction = shell.type("", "policy", "set", queue, "retry.initial.ms=600000");
        assertThat(contradiction.status()).isEqualTo(1);
        assertThat(contradiction.err()).contains("retry.initial.ms", "retry.max.ms");
        assertThat(shell.run("policy", "settings"))
                .contains("retry.initial.ms", "How long a message waits");
    }

    @Test
    void aTopicIsMadeAndHasAPolicyToo(ManagementAddress broker) {
        var shell = new Shell(broker);
        var topic = broker.name("commands");
        shell.run("topic", "create", topic, "--partitions", "3", "--config", "retention.ms=60000");

        assertThat(row(shell.run("topic", "list"), topic))
                .containsPattern(topic + " +3 .*retention.ms=60000");
        shell.run("policy", "set", "--topic", topic, "retry.max.attempts=7");
        assertThat(shell.run("topic", "policy", topic))
                .containsPattern("retry.max.attempts +7 +topic");
        assertThat(shell.run("topic", "show", topic)).containsPattern("(?m)^partitions +3$");
        shell.run("topic", "delete", topic);
        assertThat(shell.run("topic", "list")).doesNotContain(topic);
    }

    @Test
    void aBreakerIsOpenedAndClosedByHand(ManagementAddress broker) {
        var shell = new Shell(broker);
        var queue = broker.name("commands");
        shell.run("queue", "create", queue);

        assertThat(shell.run("breaker", "open", queue)).containsPattern("(?m)^state +forced.open$");
        assertThat(row(shell.run("queue", "list"), queue)).containsPattern("forced.open$");
        assertThat(shell.run("breaker", "close", queue)).containsPattern("(?m)^state +closed$");
        assertThat(shell.run("breaker", "show", queue)).containsPattern("(?m)^state +closed$");
    }

    private static String row(String table, String name) {
        return table.lines()
                .filter(line -> Pattern.compile("(^| )" + name + " ").matcher(line).find())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in\n" + table));
    }
}
