package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

@Conformance
class TopicLifeTest {
    @Test
    void theFirstRecordToATopicCreatesIt(Clients clients) {
        var topic = clients.name("automatic");

        var sent = done(clients.producer(Map.of()).send(new ProducerRecord<>(topic, "first")));

        assertThat(sent.offset()).isZero();
        assertThat(Reading.values(clients, topic)).containsExactly("first");
    }

    @Test
    void aConsumerMayCreateItsTopicOrNot(Clients clients) {
        var wanted = clients.name("wanted");
        var unwanted = clients.name("unwanted");

        var no =
                clients.consumer(
                        Map.of("allow.auto.create.topics", "false", "group.id", clients.name("g")));
        no.subscribe(List.of(unwanted));
        assertThat(no.poll(Duration.ofMillis(300))).isEmpty();
        var yes = clients.consumer(Map.of("group.id", clients.name("g")));
        yes.subscribe(List.of(wanted));

        Until.holds(
                "the topic exists",
                () -> {
                    yes.poll(Duration.ofMillis(100));
                    return done(clients.admin().listTopics().names()).contains(wanted);
                });
        assertThat(done(clients.admin().listTopics().names())).doesNotContain(unwanted);
    }

    @Test
    void aTopicMadeAgainIsAnotherTopic(Clients clients) {
        var topic = clients.topic("again", 1);
        var _ = clients.write(topic, 0, List.of("old", "older"));
        var first = clients.describe(topic).topicId();

        done(clients.admin().deleteTopics(List.of(topic)).all());
        Until.holds(
                "the topic is gone",
                () -> !done(clients.admin().listTopics().names()).contains(topic));
        clients.create(topic, 1);
        var second = clients.describe(topic).topicId();
        var _ = clients.write(topic, 0, List.of("new"));

        assertThat(second).isNotEqualTo(first);
        assertThat(Reading.values(clients, topic)).containsExactly("new");
    }

    @Test
    void aConsumerThatWaitsAtATopicThatIsMadeAgainReadsTheNewOne(Clients clients) {
        var topic = clients.topic("under-a-reader", 1);
        var consumer = clients.consumer(Map.of("metadata.max.age.ms", "500"));
        consumer.assign(Clients.partitions(topic, 1));
        var _ = clients.write(topic, 0, List.of("old"));
        assertThat(Reading.next(consumer, 1)).hasSize(1);

        done(clients.admin().deleteTopics(List.of(topic)).all());
        Until.holds(
                "the topic is gone",
                () -> !done(clients.admin().listTopics().names()).contains(topic));
        clients.create(topic, 1);
        var _ = clients.write(topic, 0, List.of("n0", "n1", "n2"));

        // Its position was 1; whether it keeps that or starts over is the client's choice, but it
        // must get to the end.
        Until.holds(
                "the reader gets to the end of the new topic",
                () -> {
                    consumer.poll(Duration.ofMillis(100));
                    return consumer.position(Clients.partitions(topic, 1).getFirst()) == 3;
                });
    }

    @Test
    void aTopicIsDeletedByItsId(Clients clients) {
        var topic = clients.topic("by-id", 1);
        var id = clients.describe(topic).topicId();

        done(clients.admin().deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all());

        Until.holds(
                "the topic is gone",
                () -> !done(clients.admin().listTopics().names()).contains(topic));
    }

    @Test
    void aProducerAndAConsumerFindNewPartitions(Clients clients) {
        var topic = clients.topic("grown", 1);
        var producer = clients.producer(Map.of("metadata.max.age.ms", "300"));
        var consumer =
                clients.consumer(
                        Map.of("group.id", clients.name("g"), "metadata.max.age.ms", "300"));
        consumer.subscribe(List.of(topic));
        done(producer.send(new ProducerRecord<>(topic, 0, "k", "in the first")));
        assertThat(Reading.next(consumer, 1)).hasSize(1);
        consumer.commitSync();

        done(clients.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all());

        Until.holds(
                "the producer sees three partitions",
                () -> producer.partitionsFor(topic).size() == 3);
        done(producer.send(new ProducerRecord<>(topic, 2, "k", "in the third")));
        assertThat(Reading.next(consumer, 1))
                .extracting(ConsumerRecord::partition)
                .containsExactly(2);
    }

    @Test
    void writingToADeletedTopicThatMayNotComeBackFails(Clients clients) {
        var topic = clients.name("never");
        var consumer =
                clients.consumer(
                        Map.of(
                                "allow.auto.create.topics",
                                "false",
                                "default.api.timeout.ms",
                                "1500"));

        assertThatThrownBy(() -> consumer.beginningOffsets(Clients.partitions(topic, 1)))
                .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class);
        assertThat(refusal(clients.admin().describeTopics(List.of(topic)).allTopicNames()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }
}
