package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Member;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was told to a client is still so after `kill -9` and after an orderly stop.
@Conformance
class RestartTest {
    @Test
    void acknowledgedRecordsSurviveAKill(BrokerProcess broker, Clients clients) {
        var topic = clients.topic("survivors", 3);
        var values = IntStream.range(0, 1_000).mapToObj(i -> "v" + i).toList();
        var producer = clients.producer(Map.of("compression.type", "lz4"));
        var _ =
                Clients.send(
                        producer,
                        values.stream().map(v -> new ProducerRecord<>(topic, v, v)).toList());

        broker.killAndRestart();

        assertThat(Reading.values(clients, topic)).containsExactlyInAnyOrderElementsOf(values);
    }

    @Test
    void topicsTheirIdsAndSettingsSurviveAKill(BrokerProcess broker, Clients clients) {
        var topic = clients.topic("described", 5, "retention.ms", "123456");
        var deleted = clients.topic("deleted", 1);
        done(clients.admin().deleteTopics(List.of(deleted)).all());
        var before = clients.describe(topic);

        broker.killAndRestart();

        var after = clients.describe(topic);
        assertThat(after.topicId()).isEqualTo(before.topicId());
        assertThat(after.partitions()).hasSize(5);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var config = clients.config(resource);
        assertThat(config.get("retention.ms").value()).isEqualTo("123456");
        assertThat(done(clients.admin().listTopics().names()))
                .contains(topic)
                .doesNotContain(deleted);
    }

    @Test
    void deletedRecordsStayDeletedAfterAKill(BrokerProcess broker, Clients clients) {
        Promises.ofSluiceOnly("Kafka writes the new start of a partition down once a minute");
        var topic = clients.topic("trimmed", 1);
        var partition = new TopicPartition(topic, 0);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var _ =
                done(
                        clients.admin()
                                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                                .all());

        broker.killAndRestart();

        var earliest =
                clients.admin()
                        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
                        .partitionResult(partition);
        assertThat(done(earliest).offset()).isEqualTo(2);
        assertThat(Reading.values(clients, topic)).containsExactly("c");
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void connectedMembersOfAGroupGoOnAfterAKill(
            GroupProtocol protocol, BrokerProcess broker, Clients clients) {
        var topic = clients.topic("connected", 4);
        var group = clients.name("connected");
        var members =
                ConsumerGroupsTest.join(
                        clients, group, topic, 2, ConsumerGroupsTest.settings(protocol));
        ConsumerGroupsTest.awaitShared(members, topic, 4, 2);
        var values = new ArrayList<>(ConsumerGroupsTest.fill(clients, topic, 4, "before"));
        Until.holds("the records have come", () -> received(members).containsAll(values));

        broker.killAndRestart();

        values.addAll(ConsumerGroupsTest.fill(clients, topic, 4, "after"));
        Until.holds(
                "the new records have come",
                Until.PATIENCE,
                () -> received(members).containsAll(values),
                () -> received(members).size() + " of " + values.size());
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void committedOffsetsSurviveAKill(
            GroupProtocol protocol, BrokerProcess broker, Clients clients) {
        var topic = clients.topic("commits", 1);
        var group = clients.name("commits");
        var settings = new java.util.HashMap<String, Object>(ConsumerGroupsTest.settings(protocol));
        settings.put("group.id", group);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        try (var consumer = clients.consumer(settings)) {
            consumer.subscribe(List.of(topic));
            var _ = Reading.next(consumer, 3);
            consumer.commitSync();
        }

        broker.killAndRestart();

        var _ = clients.write(topic, 0, List.of("d"));
        var consumer = clients.consumer(settings);
        consumer.subscribe(List.of(topic));
        assertThat(Reading.next(consumer, 1))
                .extracting(record -> record.value())
                .containsExactly("d");
    }

    @Test
    void anOrderlyStopEndsInTimeAndLosesNothing(BrokerProcess broker, Clients clients) {
        var topic = clients.topic("orderly", 1);
        var _ = clients.write(topic, 0, List.of("a", "b"));
        var consumer = clients.consumer(Map.of());
        consumer.assign(Clients.partitions(topic, 1));
        var _ = Reading.next(consumer, 2);

        var started = System.nanoTime();
        broker.terminate();
        assertThat(System.nanoTime() - started).isLessThan(10_000_000_000L);
        broker.start();

        var _ = clients.write(topic, 0, List.of("c"));
        assertThat(Reading.next(consumer, 1))
                .extracting(record -> record.value())
                .containsExactly("c");
    }

    private static List<String> received(List<Member> members) {
        return members.stream().flatMap(member -> member.receivedValues().stream()).toList();
    }
}
