package io.sluice.conformance.schema;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// RabbitMQ's own client publishing to queues whose topics demand a schema.
@Conformance
class AmqpSchemaTest {
    @Test
    void underConfirmsAnInvalidMessageIsRefusedAndThoseAroundItAreNot(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var queue = strict(kafka, amqp, address, "confirms");
        var channel = amqp.channel();
        var verdicts = confirms(channel);

        for (var body : List.of("1", "x", "2", "3", "y", "4")) {
            channel.basicPublish("", queue, null, bytes(body));
        }

        Until.holds("there is a verdict on all", () -> verdicts.size() == 6);
        assertThat(new TreeMap<>(verdicts).values())
                .containsExactly(true, false, true, true, false, true);
        assertThat(amqp.drain(queue)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void inOneReadOfManyTheOrderStays(Clients kafka, AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var queue = strict(kafka, amqp, address, "order");
        var channel = amqp.channel();
        var verdicts = confirms(channel);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 2_000; i++) {
            boolean valid = i % 7 != 3;
            channel.basicPublish("", queue, null, bytes(valid ? "" + i : "x" + i));
            if (valid) {
                expected.add("" + i);
            }
        }
        Until.holds("there is a verdict on all", () -> verdicts.size() == 2_000);
        assertThat(amqp.drain(queue)).isEqualTo(expected);
    }

    @Test
    void withoutConfirmsTheChannelIsClosedWithThePreconditionThatFailed(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var queue = strict(kafka, amqp, address, "plain");
        var channel = amqp.channel();
        var closed = new CompletableFuture<ShutdownSignalException>();
        channel.addShutdownListener(closed::complete);

        channel.basicPublish("", queue, null, bytes("1"));
        channel.basicPublish("", queue, null, bytes("x"));

        var close = (AMQP.Channel.Close) closed.get(20, TimeUnit.SECONDS).getReason();
        assertThat(close.getReplyCode()).isEqualTo(AMQP.PRECONDITION_FAILED);
        assertThat(close.getReplyText()).contains("schema demands", "not JSON");
        assertThat(amqp.drain(queue)).containsExactly("1");
    }

    @Test
    void whatAnotherQueueOfTheSameExchangeDemandsIsNotThisOnesAffair(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var strict = strict(kafka, amqp, address, "one");
        var free = amqp.queue("free");
        var exchange = amqp.exchange(BuiltinExchangeType.FANOUT);
        var channel = amqp.channel();
        channel.queueBind(strict, exchange, "");
        channel.queueBind(free, exchange, "");
        var verdicts = confirms(channel);

        for (var body : List.of("1", "x")) {
            channel.basicPublish(exchange, "", null, bytes(body));
        }

        Until.holds("there is a verdict on both", () -> verdicts.size() == 2);
        assertThat(new TreeMap<>(verdicts).values()).containsExactly(true, false);
        assertThat(amqp.drain(strict)).containsExactly("1");
        assertThat(amqp.drain(free)).containsExactly("1", "x");
    }

    @Test
    void aMandatoryMessageThatIsInvalidIsRefusedAndNotReturned(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var queue = strict(kafka, amqp, address, "mandatory");
        var channel = amqp.channel();
        var returned = new CompletableFuture<Integer>();
        channel.addReturnListener(message -> returned.complete(message.getReplyCode()));
        var verdicts = confirms(channel);

        channel.basicPublish("", queue, true, null, bytes("x"));
        channel.basicPublish("", queue + "-missing", true, null, bytes("1"));

        Until.holds("there is a verdict on both", () -> verdicts.size() == 2);
        assertThat(new TreeMap<>(verdicts).values()).containsExactly(false, true);
        assertThat(returned.get(20, TimeUnit.SECONDS)).isEqualTo(AMQP.NO_ROUTE);
    }

    @Test
    void aTransactionWithAnInvalidMessageFailsWithThePreconditionThatFailed(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var queue = strict(kafka, amqp, address, "transaction");
        var channel = amqp.channel();
        channel.txSelect();
        channel.basicPublish("", queue, null, bytes("1"));
        channel.txCommit();
        channel.basicPublish("", queue, null, bytes("x"));

        assertThatThrownBy(channel::txCommit)
                .cause()
                .isInstanceOfSatisfying(
                        ShutdownSignalException.class,
                        closed ->
                                assertThat(((AMQP.Channel.Close) closed.getReason()).getReplyCode())
                                        .isEqualTo(AMQP.PRECONDITION_FAILED));
        assertThat(amqp.drain(queue)).containsExactly("1");
    }

    @Test
    void whereInvalidMessagesDieThePublisherHearsThatAllIsWell(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var topic = new Registry(address).topicOfNumbers(kafka);
        var letters = amqp.queue("letters");
        var channel = amqp.channel();
        var _ =
                channel.queueDeclare(
                        topic,
                        true,
                        false,
                        false,
                        Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", letters));
        amqp.removed(topic);
        var verdicts = confirms(channel);
        var properties = new AMQP.BasicProperties.Builder().contentType("text/x").build();

        for (var body : List.of("1", "x", "2")) {
            channel.basicPublish("", topic, properties, bytes(body));
        }

        Until.holds("there is a verdict on all", () -> verdicts.size() == 3);
        assertThat(verdicts.values()).containsOnly(true);
        assertThat(amqp.drain(topic)).containsExactly("1", "2");
        var letter = channel.basicGet(letters, true);
        assertThat(AmqpClients.text(letter.getBody())).isEqualTo("x");
        assertThat(letter.getProps().getContentType()).isEqualTo("text/x");
        assertThat(letter.getProps().getHeaders().get("x-sluice-reason")).hasToString("schema");
        assertThat(amqp.drain(letters)).isEmpty();
    }

    private static String strict(
            Clients kafka, AmqpClients amqp, ManagementAddress address, String hint)
            throws Exception {
        var topic = kafka.topic(hint, 1, "sluice.schema.type", "json");
        new Registry(address).register(topic + "-value", "JSON", "{\"type\":\"integer\"}");
        var _ = amqp.channel().queueDeclare(topic, true, false, false, null);
        amqp.removed(topic);
        return topic;
    }

    private static ConcurrentSkipListMap<Long, Boolean> confirms(Channel channel) throws Exception {
        var verdicts = new ConcurrentSkipListMap<Long, Boolean>();
        channel.confirmSelect();
        channel.addConfirmListener(
                (number, multiple) -> judge(verdicts, number, multiple, true),
                (number, multiple) -> judge(verdicts, number, multiple, false));
        return verdicts;
    }

    private static void judge(
            ConcurrentSkipListMap<Long, Boolean> verdicts,
            long number,
            boolean multiple,
            boolean taken) {
        long first =
                !multiple || verdicts.isEmpty() ? multiple ? 1 : number : verdicts.lastKey() + 1;
        for (long one = first; one <= number; one++) {
            verdicts.put(one, taken);
        }
    }
}
