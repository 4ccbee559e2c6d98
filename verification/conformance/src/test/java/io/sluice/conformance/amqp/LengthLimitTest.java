package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.BuiltinExchangeType;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Queues that hold so many messages, or bytes, and no more.
@Conformance
class LengthLimitTest {
    @Test
    void theOldestMessagesMakeRoom(AmqpClients clients) throws Exception {
        var queue = clients.queue("three", Map.of("x-max-length", 3));

        clients.publish(queue, "a", "b", "c", "d", "e");

        assertThat(clients.drain(queue)).containsExactly("c", "d", "e");
    }

    @Test
    void theOldestBytesMakeRoom(AmqpClients clients) throws Exception {
        var queue = clients.queue("bytes", Map.of("x-max-length-bytes", 10));

        clients.publish(queue, "aaaa", "bbbb", "cc", "dddd");

        assertThat(clients.drain(queue)).containsExactly("bbbb", "cc", "dddd");
    }

    @Test
    void aMessageLargerThanTheLimitDoesNotStay(AmqpClients clients) throws Exception {
        var queue = clients.queue("bytes", Map.of("x-max-length-bytes", 5));

        clients.publish(queue, "a", "too large");

        assertThat(clients.drain(queue)).isEmpty();
    }

    @Test
    void whatIsHeldDoesNotCount(AmqpClients clients) throws Exception {
        var queue = clients.queue("two", Map.of("x-max-length", 2));
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        assertThat(inbox.texts(2)).containsExactly("a", "b");

        channel.basicCancel(inbox.consumerTag());
        clients.publish(queue, "c", "d");

        assertThat(clients.ready(queue)).isEqualTo(2);
    }

    @Test
    void aLimitOfNothingHandsMessagesToWhoIsThere(AmqpClients clients) throws Exception {
        var queue = clients.queue("none", Map.of("x-max-length", 0));
        clients.publish(queue, "nobody is there");
        assertThat(clients.drain(queue)).isEmpty();

        var inbox = Inbox.automatic(clients.channel(), queue);
        clients.publish(queue, "somebody is there");
        assertThat(inbox.texts(1)).containsExactly("somebody is there");
    }

    @Test
    void aFullQueueRejectsWhereAskedTo(AmqpClients clients) throws Exception {
        var queue =
                clients.queue("full", Map.of("x-max-length", 2, "x-overflow", "reject-publish"));
        var verdicts = new Verdicts(clients.channel());

        verdicts.publish("", queue, "a", "b", "c");

        assertThat(verdicts.all()).containsExactly(true, true, false);
        assertThat(clients.drain(queue)).containsExactly("a", "b");
        verdicts.publish("", queue, "d");
        assertThat(verdicts.all()).containsExactly(true, true, false, true);
    }

    @Test
    void aMessageThatOneOfItsQueuesRejectsIsRejected(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var full = clients.queue("full", Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        clients.channel().queueBind(full, exchange, "");
        var roomy = clients.boundQueue(exchange, "");
        var verdicts = new Verdicts(clients.channel());

        verdicts.publish(exchange, "", "a", "b");

        assertThat(verdicts.all()).containsExactly(true, false);
        assertThat(clients.drain(roomy)).containsExactly("a", "b");
        assertThat(clients.drain(full)).containsExactly("a");
    }

    @Test
    void whatAFullQueueRejectsIsDeadLetteredWhereAskedTo(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue =
                clients.queue(
                        "full",
                        Map.of(
                                "x-max-length",
                                1,
                                "x-overflow",
                                "reject-publish-dlx",
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                letters));
        var verdicts = new Verdicts(clients.channel());

        verdicts.publish("", queue, "a", "b");

        assertThat(verdicts.all()).containsExactly(true, false);
        assertThat(clients.drain(queue)).containsExactly("a");
        Until.holds("the letter is there", () -> clients.ready(letters) == 1);
        var letter = clients.channel().basicGet(letters, true);
        assertThat(text(letter.getBody())).isEqualTo("b");
        assertThat(letter.getProps().getHeaders().get("x-first-death-reason"))
                .hasToString("maxlen");
    }
}
