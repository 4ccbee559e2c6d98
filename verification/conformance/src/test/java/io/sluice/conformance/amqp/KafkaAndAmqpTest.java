package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// One queue in two protocols.
@Conformance
class KafkaAndAmqpTest {
    @Test
    void aKafkaConsumerReadsAQueueWithoutConsumingIt(AmqpClients amqp, Clients kafka)
            throws Exception {
        var queue = amqp.queue("both");
        amqp.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .contentType("text/plain")
                        .messageId("17")
                        .headers(Map.of("kind", "order", "size", 3))
                        .build(),
                "a",
                "b");

        var records = Reading.all(kafka, queue);

        assertThat(records).extracting(ConsumerRecord::value).containsExactly("a", "b");
        assertThat(header(records.getFirst(), "content-type")).isEqualTo("text/plain");
        assertThat(header(records.getFirst(), "message-id")).isEqualTo("17");
        assertThat(header(records.getFirst(), "kind")).isEqualTo("order");
        assertThat(header(records.getFirst(), "size")).isEqualTo("3");
        assertThat(amqp.drain(queue)).containsExactly("a", "b");
    }

    @Test
    void aPublisherSaysByAHeaderWhatTheRecordsKeyIs(AmqpClients amqp, Clients kafka)
            throws Exception {
        var queue = amqp.queue("keyed", Map.of("x-sluice-order", "key"));
        amqp.publish("", queue, keyed("account-1"), "a1", "a2");
        amqp.publish("", queue, keyed("account-2"), "b1");

        var records = Reading.all(kafka, queue);
        assertThat(records)
                .extracting(ConsumerRecord::key)
                .containsExactly("account-1", "account-1", "account-2");

        var first = amqp.channel();
        assertThat(text(first.basicGet(queue, false).getBody())).isEqualTo("a1");
        assertThat(text(first.basicGet(queue, false).getBody()))
                .as("the second of account-1 waits for the first")
                .isEqualTo("b1");
        assertThat(first.basicGet(queue, false)).isNull();
    }

    private static AMQP.BasicProperties keyed(String key) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .headers(Map.of("x-sluice-key", key))
                .build();
    }

    @Test
    void aKafkaProducerFeedsTheQueueOfTheSameName(AmqpClients amqp, Clients kafka)
            throws Exception {
        var topic = kafka.topic("fed", 1);
        var channel = amqp.channel();
        channel.queueDeclare(topic, true, false, false, Map.of());
        var record = new ProducerRecord<>(topic, 0, "key", "a");
        record.headers().add("content-type", bytes("text/plain"));
        record.headers().add("kind", bytes("order"));
        var _ = Clients.send(kafka.producer(Map.of()), List.of(record));

        Until.holds("it is there", () -> amqp.ready(topic) == 1);
        var got = channel.basicGet(topic, true);

        assertThat(text(got.getBody())).isEqualTo("a");
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("key");
        assertThat(got.getEnvelope().getExchange()).isEmpty();
        assertThat(got.getProps().getContentType()).isEqualTo("text/plain");
        assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(got.getProps().getHeaders().get("kind")).hasToString("order");
    }

    @Test
    void severalQueuesOfOneTopicSeeEveryMessageEach(AmqpClients amqp, Clients kafka)
            throws Exception {
        var topic = kafka.topic("source", 3);
        var one = amqp.queue("one", Map.of("x-sluice-topic", topic));
        var other = amqp.queue("other", Map.of("x-sluice-topic", topic));
        var expected = new ArrayList<String>();
        for (var partition = 0; partition < 3; partition++) {
            var values = List.of(partition + ".a", partition + ".b", partition + ".c");
            var _ = kafka.write(topic, partition, values);
            expected.addAll(values);
        }

        for (var queue : List.of(one, other)) {
            var channel = amqp.channel();
            var inbox = Inbox.of(channel, queue);
            var deliveries = inbox.next(9);
            assertThat(deliveries)
                    .extracting(Inbox::text)
                    .containsExactlyInAnyOrderElementsOf(expected);
            for (var partition = 0; partition < 3; partition++) {
                var prefix = partition + ".";
                assertThat(
                                deliveries.stream()
                                        .map(Inbox::text)
                                        .filter(text -> text.startsWith(prefix)))
                        .isSorted();
            }
            channel.basicAck(0, true);
            Until.holds("nothing is left", () -> amqp.ready(queue) == 0);
        }
        assertThat(Reading.all(kafka, topic)).hasSize(9);
    }

    @Test
    void workersOfOneQueueShareTheRecordsOfATopic(AmqpClients amqp, Clients kafka)
            throws Exception {
        var topic = kafka.topic("source", 4);
        var queue = amqp.queue("workers", Map.of("x-sluice-topic", topic));
        var one = Inbox.automatic(amqp.connect().createChannel(), queue);
        var other = Inbox.automatic(amqp.connect().createChannel(), queue);
        var records = new ArrayList<ProducerRecord<String, String>>();
        for (var i = 0; i < 200; i++) {
            records.add(new ProducerRecord<>(topic, i % 4, "key " + i, "value " + i));
        }

        var _ = Clients.send(kafka.producer(Map.of()), records);

        Until.holds("all are sent", () -> one.waiting().size() + other.waiting().size() == 200);
        var all = new TreeSet<>(one.waiting());
        all.addAll(other.waiting());
        assertThat(all).hasSize(200);
        assertThat(one.waiting()).isNotEmpty();
        assertThat(other.waiting()).isNotEmpty();
    }

    @Test
    void partitionsThatATopicGetsLaterAreConsumedByWhoIsThereAlready(
            AmqpClients amqp, Clients kafka) throws Exception {
        var topic = kafka.topic("source", 1);
        var queue = amqp.queue("workers", Map.of("x-sluice-topic", topic));
        var inbox = Inbox.automatic(amqp.channel(), queue);
        kafka.admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                .all()
                .get(10, TimeUnit.SECONDS);
        for (var partition = 0; partition < 3; partition++) {
            var _ = kafka.write(topic, partition, List.of("value " + partition));
        }

        Until.holds("all are sent", () -> inbox.waiting().size() == 3);
        assertThat(inbox.waiting()).containsExactlyInAnyOrder("value 0", "value 1", "value 2");
        Until.holds("nothing is left", () -> amqp.ready(queue) == 0);
    }

    @Test
    void aQueueOfATopicRejectsAndRequeuesAsOthersDo(AmqpClients amqp, Clients kafka)
            throws Exception {
        var topic = kafka.topic("source", 2);
        var letters = amqp.queue("letters");
        var queue =
                amqp.queue(
                        "worker",
                        Map.of(
                                "x-sluice-topic",
                                topic,
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                letters));
        var _ = kafka.write(topic, 1, List.of("poison"));
        var channel = amqp.channel();
        var inbox = Inbox.of(channel, queue);

        channel.basicReject(Inbox.tag(inbox.next()), true);
        var again = inbox.next();
        assertThat(again.getEnvelope().isRedeliver()).isTrue();
        channel.basicReject(Inbox.tag(again), false);

        Until.holds("it is a dead letter", () -> amqp.ready(letters) == 1);
        var letter = amqp.channel().basicGet(letters, true);
        assertThat(text(letter.getBody())).isEqualTo("poison");
        assertThat(letter.getProps().getHeaders().get("x-first-death-queue")).hasToString(queue);
    }

    @Test
    void aMissingTopicIsNoSourceOfAQueue(AmqpClients amqp, Clients kafka) throws Exception {
        var channel = amqp.channel();
        var missing = kafka.name("missing");

        assertThat(
                        Refusal.of(
                                        () ->
                                                channel.queueDeclare(
                                                        amqp.name("orphan"),
                                                        true,
                                                        false,
                                                        false,
                                                        Map.of("x-sluice-topic", missing)))
                                .code())
                .isEqualTo(404);
    }

    @Test
    void whatIsConsumedIsNoLongerReadByKafka(AmqpClients amqp, Clients kafka) throws Exception {
        var queue = amqp.queue("both");
        amqp.publish(queue, "a", "b");
        assertThat(amqp.drain(queue)).containsExactly("a", "b");

        amqp.publish(queue, "c");

        Until.holds(
                "what is consumed is gone",
                () -> Reading.values(kafka, queue).equals(List.of("c")));
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }
}
