package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Publishes and acknowledgements that count together or not at all.
@Conformance
class TransactionTest {
    @Test
    void whatIsPublishedArrivesWithTheCommit(AmqpClients clients) throws Exception {
        var queue = clients.queue("committed");
        var channel = clients.channel();
        channel.txSelect();

        channel.basicPublish("", queue, null, bytes("a"));
        channel.basicPublish("", queue, null, bytes("b"));
        channel.basicQos(0);
        assertThat(clients.ready(queue)).isZero();
        channel.txCommit();

        assertThat(clients.drain(queue)).containsExactly("a", "b");
    }

    @Test
    void whatIsPublishedIsForgottenWithTheRollback(AmqpClients clients) throws Exception {
        var queue = clients.queue("rolled back");
        var channel = clients.channel();
        channel.txSelect();

        channel.basicPublish("", queue, null, bytes("a"));
        channel.txRollback();
        channel.basicPublish("", queue, null, bytes("b"));
        channel.txCommit();

        assertThat(clients.drain(queue)).containsExactly("b");
    }

    @Test
    void acknowledgementsCountWithTheCommit(AmqpClients clients) throws Exception {
        var queue = clients.queue("acknowledged");
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        channel.txSelect();
        var a = channel.basicGet(queue, false);
        var b = channel.basicGet(queue, false);

        channel.basicAck(a.getEnvelope().getDeliveryTag(), false);
        channel.txCommit();
        channel.basicAck(b.getEnvelope().getDeliveryTag(), false);
        channel.txRollback();
        channel.close();

        assertThat(clients.drain(queue)).containsExactly("b");
    }

    @Test
    void aChannelThatClosesRollsBack(AmqpClients clients) throws Exception {
        var queue = clients.queue("closed");
        var channel = clients.channel();
        channel.txSelect();
        channel.basicPublish("", queue, null, bytes("a"));

        channel.close();

        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void aRejectionCountsWithTheCommit(AmqpClients clients) throws Exception {
        var queue = clients.queue("rejected");
        clients.publish(queue, "a");
        var channel = clients.channel();
        channel.txSelect();
        var a = channel.basicGet(queue, false);

        channel.basicReject(a.getEnvelope().getDeliveryTag(), true);
        channel.basicQos(0);
        assertThat(clients.ready(queue)).isZero();
        channel.txCommit();

        Until.holds("it is back", () -> clients.ready(queue) == 1);
    }

    @Test
    void aMandatoryMessageIsReturnedWithTheCommit(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        var returned = new CompletableFuture<String>();
        channel.addReturnListener(message -> returned.complete(text(message.getBody())));
        channel.txSelect();

        channel.basicPublish("", clients.name("nobody"), true, null, bytes("a"));
        channel.txCommit();

        assertThat(Clients.done(returned)).isEqualTo("a");
    }

    @Test
    void selectingTwiceIsFine(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        channel.txSelect();
        channel.txSelect();
        channel.txCommit();
        channel.txRollback();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void committingWithoutATransactionIsRefused(AmqpClients clients) throws Exception {
        var refusal = Refusal.ofChannel(406, "PRECONDITION_FAILED - channel is not transactional");
        var one = clients.channel();
        assertThat(Refusal.of(one::txCommit)).isEqualTo(refusal);
        var other = clients.channel();
        assertThat(Refusal.of(other::txRollback)).isEqualTo(refusal);
    }

    @Test
    void aChannelHasTransactionsOrConfirms(AmqpClients clients) throws Exception {
        var confirming = clients.channel();
        confirming.confirmSelect();
        assertThat(Refusal.of(confirming::txSelect))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - cannot switch from confirm to tx mode"));
        var transactional = clients.channel();
        transactional.txSelect();
        assertThat(Refusal.of(transactional::confirmSelect))
                .isEqualTo(
                        Refusal.ofChannel(
                                406,
                                "PRECONDITION_FAILED - cannot switch from tx to confirm mode"));
    }
}
