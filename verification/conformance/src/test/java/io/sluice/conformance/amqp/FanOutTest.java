package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.MessageProperties;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// One message for several queues.
@Conformance
class FanOutTest {
    private static final String FILLING = "x".repeat(3_000);

    @Test
    void everyQueueOfAFanOutHasAllInOrderAfterAKill(AmqpClients clients, BrokerProcess broker)
            throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var queues = bound(clients, exchange, 6);
        var waiting = Inbox.automatic(clients.channel(), queues.getFirst());
        var bodies = bodies(0, 300);
        clients.publish(exchange, "", MessageProperties.PERSISTENT_BASIC, bodies);
        assertThat(waiting.texts(bodies.length)).containsExactly(bodies);

        broker.killAndRestart();

        for (var queue : queues.subList(1, 3)) {
            assertThat(clients.drain(queue)).containsExactly(bodies);
        }
        var more = bodies(300, 20);
        clients.publish(exchange, "", MessageProperties.PERSISTENT_BASIC, more);
        for (var queue : queues.subList(1, 3)) {
            assertThat(clients.drain(queue)).containsExactly(more);
        }
        broker.killAndRestart();
        var all = new ArrayList<>(List.of(bodies));
        all.addAll(List.of(more));
        for (var queue : queues.subList(3, 6)) {
            assertThat(clients.drain(queue)).isEqualTo(all);
        }
    }

    @Test
    void everyQueueKeepsTheOrderWhereMessagesGoToDifferentSetsOfQueues(AmqpClients clients)
            throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.TOPIC);
        var all = clients.boundQueue(exchange, "#");
        var even = clients.boundQueue(exchange, "even.*");
        var third = clients.boundQueue(exchange, "*.third");
        var channel = clients.channel();
        channel.confirmSelect();
        for (int i = 0; i < 600; i++) {
            var body = i + " " + "x".repeat(i % 7 == 0 ? 2_000 : 10);
            channel.basicPublish(
                    exchange,
                    (i % 2 == 0 ? "even" : "odd") + (i % 3 == 0 ? ".third" : ".other"),
                    MessageProperties.PERSISTENT_BASIC,
                    bytes(body));
            if (i % 5 == 0) {
                channel.basicPublish(
                        "", third, MessageProperties.PERSISTENT_BASIC, bytes(i + " alone"));
            }
        }
        channel.waitForConfirmsOrDie(30_000);

        assertThat(numbers(clients, all)).isEqualTo(IntStream.range(0, 600).boxed().toList());
        assertThat(numbers(clients, even))
                .isEqualTo(IntStream.range(0, 600).filter(i -> i % 2 == 0).boxed().toList());
        assertThat(numbers(clients, third))
                .isEqualTo(
                        IntStream.range(0, 600)
                                .flatMap(
                                        i ->
                                                i % 15 == 0
                                                        ? IntStream.of(i, i)
                                                        : IntStream.of(i)
                                                                .filter(
                                                                        n ->
                                                                                n % 3 == 0
                                                                                        || n % 5
                                                                                                == 0))
                                .boxed()
                                .toList());
    }

    @Test
    void aKafkaConsumerReadsWhatAFanOutHasStoredOnce(AmqpClients amqp, Clients kafka)
            throws Exception {
        var exchange = amqp.exchange(BuiltinExchangeType.FANOUT);
        var queues = bound(amqp, exchange, 4);
        var bodies = bodies(0, 50);
        amqp.publish(exchange, "", MessageProperties.PERSISTENT_BASIC, bodies);

        for (var queue : queues) {
            assertThat(Reading.all(kafka, queue))
                    .extracting(ConsumerRecord::value)
                    .containsExactly(bodies);
        }
    }

    @Test
    void aQueueThatRefusesRefusesForItselfAlone(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var full = clients.queue("full", Map.of("x-max-length", 2, "x-overflow", "reject-publish"));
        clients.channel().queueBind(full, exchange, "");
        var others = bound(clients, exchange, 2);
        var verdicts = new Verdicts(clients.channel());
        for (int i = 0; i < 4; i++) {
            verdicts.publish(exchange, "", i + FILLING);
        }

        assertThat(verdicts.all()).containsExactly(true, true, false, false);
        assertThat(clients.drain(full)).hasSize(2);
        for (var other : others) {
            assertThat(clients.drain(other)).hasSize(4);
        }
    }

    @Test
    void deadLettersComeFromWhatIsStoredOnce(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var letters = clients.queue("letters");
        var mortal =
                clients.queue(
                        "mortal",
                        Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", letters));
        clients.channel().queueBind(mortal, exchange, "");
        var other = bound(clients, exchange, 1).getFirst();
        clients.publish(exchange, "", MessageProperties.PERSISTENT_BASIC, bodies(0, 3));

        var channel = clients.channel();
        for (var got = channel.basicGet(mortal, false);
                got != null;
                got = channel.basicGet(mortal, false)) {
            channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
        }

        var inbox = Inbox.automatic(clients.channel(), letters);
        assertThat(inbox.texts(3)).containsExactly(bodies(0, 3));
        assertThat(text(clients.channel().basicGet(other, true).getBody()))
                .isEqualTo(bodies(0, 1)[0]);
    }

    private static List<String> bound(AmqpClients clients, String exchange, int count)
            throws Exception {
        var queues = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            queues.add(clients.boundQueue(exchange, ""));
        }
        return queues;
    }

    private static String[] bodies(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> i + " " + FILLING)
                .toArray(String[]::new);
    }

    private static List<Integer> numbers(AmqpClients clients, String queue) throws Exception {
        return clients.drain(queue).stream()
                .map(body -> Integer.parseInt(body.substring(0, body.indexOf(' '))))
                .toList();
    }
}
