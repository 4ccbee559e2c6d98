package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

@Conformance
class IdempotentProducerTest {
    /// Many small batches with five of them in flight: what a reordering would show itself in.
    private static final Map<String, Object> SMALL_BATCHES =
            Map.of(
                    "batch.size",
                    "200",
                    "linger.ms",
                    "0",
                    "max.in.flight.requests.per.connection",
                    "5");

    @Test
    void theOrderOfSendingIsTheOrderInThePartition(Clients clients) {
        var topic = clients.topic("ordered", 1);
        var values = numbers(0, 5_000);

        var acknowledged = sendAll(clients.producer(SMALL_BATCHES), topic, values);

        assertThat(acknowledged.stream().map(one -> done(one).offset())).isSorted();
        assertThat(Reading.values(clients, topic)).isEqualTo(values);
    }

    @Test
    void aProducerThatLivesThroughAKillWritesEveryRecordOnceAndInOrder(
            BrokerProcess broker, Clients clients) {
        var topic = clients.topic("through-a-kill", 1);
        var producer = clients.producer(SMALL_BATCHES);
        var acknowledged = new AtomicInteger();
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var value : numbers(0, 3_000)) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(topic, value),
                            (_, _) -> acknowledged.incrementAndGet()));
        }
        Until.holds("some records are acknowledged", () -> acknowledged.get() > 100);

        broker.killAndRestart();

        sent.addAll(sendAll(producer, topic, numbers(3_000, 4_000)));
        sent.forEach(Clients::done);
        assertThat(Reading.values(clients, topic)).isEqualTo(numbers(0, 4_000));
    }

    @Test
    void everyProducerHasAnIdOfItsOwnAlsoAfterAKill(BrokerProcess broker, Clients clients) {
        var topic = clients.topic("producer-ids", 1);
        for (var round = 0; round < 3; round++) {
            for (var i = 0; i < 3; i++) {
                done(clients.producer(Map.of()).send(new ProducerRecord<>(topic, "value")));
            }
            broker.killAndRestart();
        }

        var partition = new TopicPartition(topic, 0);
        var producers =
                done(clients.admin()
                                .describeProducers(List.of(partition))
                                .partitionResult(partition))
                        .activeProducers();

        assertThat(producers).hasSize(9);
        assertThat(producers).extracting(ProducerState::producerId).doesNotHaveDuplicates();
    }

    @Test
    void aTransactionalProducerIsToldClearlyThatThereAreNoTransactionsYet(Clients clients) {
        Promises.ofSluiceOnly("Kafka has transactions");
        var settings = Map.of("transactional.id", clients.name("tx"), "max.block.ms", "5000");
        var producer = clients.producer(settings);

        assertThatThrownBy(producer::initTransactions)
                .isInstanceOf(KafkaException.class)
                .isNotInstanceOf(TimeoutException.class);
    }

    private static List<Future<RecordMetadata>> sendAll(
            Producer<String, String> producer, String topic, List<String> values) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        values.forEach(value -> sent.add(producer.send(new ProducerRecord<>(topic, value))));
        producer.flush();
        return sent;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "record " + i).toList();
    }
}
