package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Program.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The command-line tools of rabbitmq-c, which is what C programs and their bindings use.
@Conformance
class AmqpToolsTest {
    private static final int EMPTY = 2;

    @BeforeAll
    static void amqpToolsAreInstalled() {
        Program.require("amqp-get", "apt-get install amqp-tools, or ./sluice test as root");
    }

    @Test
    void messagesArePublishedAndGotOneByOne(AmqpAddress broker) {
        var queue = declared(broker);
        publish(broker, queue, "first");
        publish(broker, queue, "second");

        assertThat(get(broker, queue)).isEqualTo("first");
        assertThat(get(broker, queue)).isEqualTo("second");
        assertThat(outcome(broker, "", "amqp-get", "-q", queue).status()).isEqualTo(EMPTY);
    }

    @Test
    void eachLineOfTheInputIsAMessage(AmqpAddress broker) {
        var queue = declared(broker);
        run(broker, "one\ntwo\nthree\n", "amqp-publish", "-l", "-r", queue);

        assertThat(run(broker, "", "amqp-consume", "-q", queue, "-c", "3", "-p", "1", "cat"))
                .isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void whatACommandFailsToTakeStays(AmqpAddress broker) {
        var queue = declared(broker);
        publish(broker, queue, "stubborn");

        // The command ends with 1, so the message is not acknowledged.
        var consumed =
                run(
                        broker,
                        "",
                        "amqp-consume",
                        "-q",
                        queue,
                        "-c",
                        "1",
                        "--",
                        "sh",
                        "-c",
                        "cat; false");

        assertThat(consumed).isEqualTo("stubborn");
        assertThat(get(broker, queue)).isEqualTo("stubborn");
    }

    @Test
    void aMessageWithoutABodyIsAMessage(AmqpAddress broker) {
        var queue = declared(broker);
        publish(broker, queue, "");

        assertThat(get(broker, queue)).isEmpty();
        assertThat(outcome(broker, "", "amqp-get", "-q", queue).status()).isEqualTo(EMPTY);
    }

    @Test
    void anExclusiveConsumerReceivesWhatItsBindingAsksFor(AmqpAddress broker) {
        var key = broker.name("tools.topic");
        // Both the queue and its binding exist only while the tool runs: publish until it has
        // heard.
        var heard =
                CompletableFuture.supplyAsync(
                        () ->
                                run(
                                        broker,
                                        "",
                                        "amqp-consume",
                                        "-x",
                                        "-e",
                                        "amq.topic",
                                        "-r",
                                        key + ".#",
                                        "-c",
                                        "1",
                                        "-A",
                                        "cat"));
        Until.holds(
                "the consumer has heard",
                () -> {
                    run(
                            broker,
                            "",
                            "amqp-publish",
                            "-e",
                            "amq.topic",
                            "-r",
                            key + ".a.b",
                            "-b",
                            "heard");
                    return heard.isDone();
                });

        assertThat(heard.join()).endsWith("heard");
    }

    @Test
    void aMissingExchangeIsToldInRabbitMqsWords(AmqpAddress broker) {
        var outcome =
                outcome(broker, "", "amqp-publish", "-e", "nowhere", "-r", "key", "-b", "body");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("channel error 404")
                .contains("NOT_FOUND - no exchange 'nowhere' in vhost '/'");
    }

    @Test
    void anotherKindOfTheSameQueueIsRefusedInRabbitMqsWords(AmqpAddress broker) {
        var queue = declared(broker);

        var outcome = outcome(broker, "", "amqp-declare-queue", "-q", queue);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .contains(
                        "406, message: PRECONDITION_FAILED - inequivalent arg 'durable' for queue '"
                                + queue
                                + "' in vhost '/': received 'false' but current is 'true'");
    }

    @Test
    void aQueueIsDeletedOnlyIfItIsAsWanted(AmqpAddress broker) {
        var queue = declared(broker);
        publish(broker, queue, "left");

        var refused = outcome(broker, "", "amqp-delete-queue", "-q", queue, "-e");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("406").contains("not empty");
        assertThat(run(broker, "", "amqp-delete-queue", "-q", queue)).contains("1");
        assertThat(outcome(broker, "", "amqp-get", "-q", queue).output())
                .contains("404")
                .contains("NOT_FOUND - no queue '" + queue + "' in vhost '/'");
    }

    private static String declared(AmqpAddress broker) {
        var queue = broker.name("tools");
        run(broker, "", "amqp-declare-queue", "-q", queue, "-d");
        return queue;
    }

    private static void publish(AmqpAddress broker, String queue, String body) {
        run(broker, body, "amqp-publish", "-r", queue, "-p", "-C", "text/plain");
    }

    private static String get(AmqpAddress broker, String queue) {
        return run(broker, "", "amqp-get", "-q", queue);
    }

    private static String run(AmqpAddress broker, String input, String tool, String... arguments) {
        return Program.run(command(broker, tool, arguments), input);
    }

    private static Outcome outcome(
            AmqpAddress broker, String input, String tool, String... arguments) {
        return Program.outcome(command(broker, tool, arguments), input);
    }

    private static List<String> command(AmqpAddress broker, String tool, String... arguments) {
        var command = new ArrayList<>(List.of(tool, "--url", broker.url()));
        command.addAll(List.of(arguments));
        return command;
    }
}
