package io.sluice.conformance.admin;

import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

@Conformance
class TopicAdministrationTest {
    @Test
    void aCreatedTopicIsDescribedAsItWasAskedFor(Clients clients) {
        var name = clients.name("created");
        var created =
                clients.admin()
                        .createTopics(
                                List.of(
                                        new NewTopic(name, 3, (short) 1)
                                                .configs(Map.of("retention.ms", "1000000"))));

        assertThat(done(created.numPartitions(name))).isEqualTo(3);
        assertThat(done(created.replicationFactor(name))).isEqualTo(1);
        assertThat(done(created.config(name)).get("retention.ms").value()).isEqualTo("1000000");
        var id = done(created.topicId(name));
        var byId = clients.admin().describeTopics(TopicCollection.ofTopicIds(List.of(id)));
        assertThat(at(done(byId.allTopicIds()), id).name()).isEqualTo(name);
        var listed = at(done(clients.admin().listTopics().namesToListings()), name);
        assertThat(listed.topicId()).isEqualTo(id);
        assertThat(listed.isInternal()).isFalse();
    }

    @Test
    void aTopicWithoutNumbersGetsTheBrokersDefaults(Clients clients) {
        var name = clients.name("defaults");

        var created =
                clients.admin()
                        .createTopics(
                                List.of(new NewTopic(name, Optional.empty(), Optional.empty())));

        assertThat(done(created.numPartitions(name))).isPositive();
        assertThat(done(created.replicationFactor(name))).isEqualTo(1);
    }

    @Test
    void aValidationCreatesNothing(Clients clients) {
        var name = clients.name("only-validated");
        var validate = new CreateTopicsOptions().validateOnly(true);

        done(
                clients.admin()
                        .createTopics(List.of(new NewTopic(name, 2, (short) 1)), validate)
                        .all());

        assertThat(done(clients.admin().listTopics().names())).doesNotContain(name);
    }

    @Test
    void impossibleTopicsAreRefusedEachForItsReason(Clients clients) {
        var existing = clients.topic("existing", 1);

        assertThat(creating(clients, new NewTopic(existing, 1, (short) 1)))
                .isInstanceOf(TopicExistsException.class);
        assertThat(creating(clients, new NewTopic("white space", 1, (short) 1)))
                .isInstanceOf(InvalidTopicException.class);
        assertThat(creating(clients, new NewTopic("x".repeat(250), 1, (short) 1)))
                .isInstanceOf(InvalidTopicException.class);
        assertThat(creating(clients, new NewTopic(clients.name("t"), 0, (short) 1)))
                .isInstanceOf(InvalidPartitionsException.class);
        assertThat(creating(clients, new NewTopic(clients.name("t"), 1, (short) 2)))
                .isInstanceOf(InvalidReplicationFactorException.class);
        assertThat(creating(clients, new NewTopic(clients.name("t"), Map.of(0, List.of(99)))))
                .isInstanceOf(InvalidReplicaAssignmentException.class);
        assertThat(
                        creating(
                                clients,
                                new NewTopic(clients.name("t"), 1, (short) 1)
                                        .configs(Map.of("no.such.setting", "1"))))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThat(
                        creating(
                                clients,
                                new NewTopic(clients.name("t"), 1, (short) 1)
                                        .configs(Map.of("retention.ms", "soon"))))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void oneImpossibleTopicDoesNotHinderTheOthersOfItsRequest(Clients clients) {
        var good = clients.name("good");

        var created =
                clients.admin()
                        .createTopics(
                                List.of(
                                        new NewTopic("bad name", 1, (short) 1),
                                        new NewTopic(good, 1, (short) 1)));

        assertThat(refusal(at(created.values(), "bad name")))
                .isInstanceOf(InvalidTopicException.class);
        done(at(created.values(), good));
    }

    @Test
    void partitionsCanOnlyBeAdded(Clients clients) {
        var topic = clients.topic("grows", 2);
        var admin = clients.admin();

        var validate = new CreatePartitionsOptions().validateOnly(true);
        done(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(5)), validate).all());
        assertThat(clients.describe(topic).partitions()).hasSize(2);

        assertThat(
                        refusal(
                                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                                        .all()))
                .isInstanceOf(InvalidPartitionsException.class);
        assertThat(
                        refusal(
                                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(1)))
                                        .all()))
                .isInstanceOf(InvalidPartitionsException.class);
        assertThat(
                        refusal(
                                admin.createPartitions(
                                                Map.of(
                                                        clients.name("none"),
                                                        NewPartitions.increaseTo(3)))
                                        .all()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void whatIsNotThereCannotBeDeletedNorDescribed(Clients clients) {
        var admin = clients.admin();
        var none = clients.name("none");
        var noId = TopicCollection.ofTopicIds(List.of(Uuid.randomUuid()));

        assertThat(refusal(admin.deleteTopics(List.of(none)).all()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(refusal(admin.deleteTopics(noId).all()))
                .isInstanceOf(UnknownTopicIdException.class);
        assertThat(refusal(admin.describeTopics(List.of(none)).allTopicNames()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(refusal(admin.describeTopics(noId).allTopicIds()))
                .isInstanceOf(UnknownTopicIdException.class);
    }

    @Test
    void recordsAreDeletedUpToTheEndAndNotBeyond(Clients clients) {
        var topic = clients.topic("delete-records", 1);
        var partition = new TopicPartition(topic, 0);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var admin = clients.admin();

        var beyond =
                at(
                        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                                .lowWatermarks(),
                        partition);
        assertThat(refusal(beyond)).isInstanceOf(OffsetOutOfRangeException.class);
        var all =
                at(
                        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                                .lowWatermarks(),
                        partition);
        assertThat(done(all).lowWatermark()).isEqualTo(3);
        var earliest =
                admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                        .partitionResult(partition);
        assertThat(done(earliest).offset()).isEqualTo(3);
    }

    @Test
    void hundredsOfTopicsAreListedAndDescribed(Clients clients) {
        var prefix = clients.name("listed");
        var topics =
                IntStream.range(0, 300)
                        .mapToObj(i -> new NewTopic(prefix + "-" + i, 1, (short) 1))
                        .toList();
        done(clients.admin().createTopics(topics).all());
        var names = topics.stream().map(NewTopic::name).toList();

        assertThat(done(clients.admin().listTopics().names())).containsAll(names);
        assertThat(done(clients.admin().describeTopics(names).allTopicNames())).hasSize(300);
        done(clients.admin().deleteTopics(names).all());
    }

    private static Throwable creating(Clients clients, NewTopic topic) {
        return refusal(clients.admin().createTopics(List.of(topic)).all());
    }
}
