package io.sluice.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@Conformance
class DeadLetterCommandsTest {
    @Test
    void deadLettersAreSeenEditedMovedBackAndDeleted(ManagementAddress broker, AmqpClients clients)
            throws Exception {
        var shell = new Shell(broker);
        var queue = broker.name("work");
        var dead = broker.name("dead");
        shell.run("queue", "create", queue, "--policy", "dead.letter.queue=" + dead);
        for (var body : new String[] {"first", "second", "third", "fourth"}) {
            shell.run("publish", queue, body, "--key", "account-" + body.charAt(0));
        }
        var channel = clients.channel();
        for (var left = 4; left > 0; left--) {
            channel.basicReject(
                    channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), false);
        }
        Until.holds("all are dead", () -> shell.run("dlq", "list", dead).lines().count() == 5);

        var list = shell.run("dlq", "list", dead);
        assertThat(list).contains("REASON", "rejected", queue, "first", "fourth", "account-f");
        assertThat(shell.run("dlq", "list", dead, "--text", "thir"))
                .hasLineCount(2)
                .contains("third");
        assertThat(shell.run("dlq", "list", dead, "--reason", "expired")).isEmpty();
        assertThat(shell.run("dlq", "list", dead, "--since", "1h")).hasLineCount(5);
        assertThat(shell.run("dlq", "list", dead, "--until", "1h")).isEmpty();
        assertThat(shell.run("dlq", "group", dead))
                .hasLineCount(2)
                .containsPattern("(?m)^ +4 +rejected .*" + queue);

        assertThat(shell.run("dlq", "group", dead, "--text", "thir"))
                .containsPattern("(?m)^ +1 +rejected .*" + queue);

        var id = id(list, "second");
        assertThat(shell.run("dlq", "show", dead, id)).contains("second", "rejected", queue);
        shell.run("dlq", "edit", dead, id, "--body", "second, mended");
        Until.holds(
                "the edited copy is there",
                () -> shell.run("peek", queue).contains("second, mended"));
        assertThat(shell.run("dlq", "list", dead)).hasLineCount(5);
        shell.run("dlq", "delete", dead, id);
        assertThat(shell.run("dlq", "list", dead)).hasLineCount(4).doesNotContain("second");

        assertThat(shell.run("dlq", "redrive", dead, "--dry-run"))
                .isEqualTo("3 dead letters would be moved.\n");
        assertThat(shell.run("dlq", "redrive", dead, "--text", "first", "--follow"))
                .containsPattern("(?m)^moved +1$");
        assertThat(shell.run("peek", queue)).contains("first").doesNotContain("third");
        shell.run("dlq", "redrive", dead, "--follow", "--per-second", "100");
        assertThat(shell.run("dlq", "list", dead)).isEmpty();
        assertThat(shell.run("peek", queue)).contains("third", "fourth");
        assertThat(shell.run("dlq", "redrive", dead, "--list")).contains("completed");
    }

    @Test
    void aRedriveIsPausedAndCancelled(ManagementAddress broker, AmqpClients clients)
            throws Exception {
        var shell = new Shell(broker);
        var queue = broker.name("work");
        var dead = broker.name("dead");
        shell.run("queue", "create", queue, "--policy", "dead.letter.queue=" + dead);
        shell.run("publish", queue, "x", "--count", "50");
        var channel = clients.channel();
        for (var left = 50; left > 0; left--) {
            channel.basicReject(
                    channel.basicGet(queue, false).getEnvelope().getDeliveryTag(), false);
        }
        Until.holds("all are dead", () -> shell.run("dlq", "group", dead).contains("50"));

        var begun = shell.run("dlq", "redrive", dead, "--per-second", "1");
        var found = Pattern.compile("Redrive (\\S+) has begun").matcher(begun);
        assertThat(found.find()).as(begun).isTrue();
        var id = found.group(1);
        assertThat(shell.run("dlq", "redrive", dead, "--pause", id)).contains("paused");
        assertThat(shell.run("dlq", "redrive", dead, "--show", id)).contains("paused");
        shell.run("dlq", "redrive", dead, "--cancel", id);
        Until.holds(
                "it has ended",
                () -> shell.run("dlq", "redrive", dead, "--show", id).contains("cancelled"));

        assertThat(shell.run("dlq", "group", dead)).containsPattern("(?m)^ +4[0-9] +rejected");
    }

    private static String id(String list, String body) {
        return list.lines()
                .filter(line -> line.endsWith(body))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(body + " is not in\n" + list));
    }
}
