package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.RpcClient;
import com.rabbitmq.client.RpcClientParams;
import com.rabbitmq.client.RpcServer;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Answers without a queue for them.
@Conformance
class DirectReplyToTest {
    private static final String REPLY_TO = "amq.rabbitmq.reply-to";

    @Test
    void anAnswerComesBackToWhoAsked(AmqpClients clients) throws Exception {
        var requests = clients.queue("requests");
        var asking = clients.connect().createChannel();
        var answers = Inbox.automatic(asking, REPLY_TO);
        asking.basicPublish("", requests, request("17"), bytes("question"));

        var answering = clients.channel();
        var request = Inbox.automatic(answering, requests).next();
        var address = request.getProperties().getReplyTo();
        assertThat(address).startsWith(REPLY_TO + ".");
        answering.queueDeclarePassive(address);
        answering.basicPublish(
                "",
                address,
                new AMQP.BasicProperties.Builder()
                        .correlationId(request.getProperties().getCorrelationId())
                        .build(),
                bytes("answer"));

        var answer = answers.next();
        assertThat(Inbox.text(answer)).isEqualTo("answer");
        assertThat(answer.getProperties().getCorrelationId()).isEqualTo("17");
        assertThat(answer.getEnvelope().getExchange()).isEmpty();
        assertThat(answer.getEnvelope().getRoutingKey()).isEqualTo(address);
        assertThat(answer.getEnvelope().isRedeliver()).isFalse();
    }

    @Test
    void theClientsRpcWorks(AmqpClients clients) throws Exception {
        var requests = clients.queue("requests");
        var server =
                new RpcServer(clients.channel(), requests) {
                    @Override
                    public byte[] handleCall(byte[] body, AMQP.BasicProperties reply) {
                        return bytes(text(body).toUpperCase(Locale.ROOT));
                    }
                };
        Thread.ofVirtual().start(() -> run(server));
        var client =
                new RpcClient(
                        new RpcClientParams()
                                .channel(clients.channel())
                                .exchange("")
                                .routingKey(requests)
                                .timeout(30_000));

        assertThat(client.stringCall("question")).isEqualTo("QUESTION");

        client.close();
        server.close();
    }

    @Test
    void aQuestionWithoutAnybodyToAnswerToIsRefused(AmqpClients clients) throws Exception {
        var requests = clients.queue("requests");
        var channel = clients.channel();

        channel.basicPublish("", requests, request("17"), bytes("question"));

        assertThat(Refusal.later(channel))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - fast reply consumer does not exist"));
    }

    @Test
    void answersCannotBeAcknowledged(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(Refusal.of(() -> Inbox.of(channel, REPLY_TO)))
                .isEqualTo(
                        Refusal.ofChannel(
                                406, "PRECONDITION_FAILED - reply consumer cannot acknowledge"));
    }

    @Test
    void aChannelWaitsForAnswersOnce(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var _ = Inbox.automatic(channel, REPLY_TO);

        assertThat(Refusal.of(() -> Inbox.automatic(channel, REPLY_TO)))
                .isEqualTo(
                        Refusal.ofChannel(406, "PRECONDITION_FAILED - reply consumer already set"));
    }

    @Test
    void waitingForAnswersCanBeCancelledAndTakenUpAgain(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var first = Inbox.automatic(channel, REPLY_TO);

        channel.basicCancel(first.consumerTag());

        assertThat(Inbox.automatic(channel, REPLY_TO).consumerTag()).isNotEmpty();
    }

    @Test
    void thePlaceForAnswersCanBeLookedFor(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(channel.queueDeclarePassive(REPLY_TO).getQueue()).isEqualTo(REPLY_TO);
    }

    @Test
    void anAnswerToWhoHasGoneIsNoMistake(AmqpClients clients) throws Exception {
        var requests = clients.queue("requests");
        var asking = clients.connect();
        var channel = asking.createChannel();
        var _ = Inbox.automatic(channel, REPLY_TO);
        channel.basicPublish("", requests, request("17"), bytes("question"));
        var answering = clients.channel();
        var request = Inbox.automatic(answering, requests).next();

        asking.close();

        answering.confirmSelect();
        answering.basicPublish(
                "", request.getProperties().getReplyTo(), null, bytes("too late"));
        assertThat(answering.waitForConfirms(30_000)).isTrue();
        assertThat(answering.isOpen()).isTrue();
    }

    private static AMQP.BasicProperties request(String correlation) {
        return new AMQP.BasicProperties.Builder()
                .replyTo(REPLY_TO)
                .correlationId(correlation)
                .build();
    }

    private static void run(RpcServer server) {
        try {
            server.mainloop();
        } catch (IOException | ShutdownSignalException lost) {
            assertThat(lost).as("how a server that closes ends").isNotNull();
        }
    }
}
