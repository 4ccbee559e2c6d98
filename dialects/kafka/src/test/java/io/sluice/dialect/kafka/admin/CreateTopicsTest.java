package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.dialect.kafka.TopicIds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CreateTopics as clients use and misuse it.
class CreateTopicsTest {
    private final AdminTable table = new AdminTable();

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {2, 3, 4, 5, 6, 7})
    void everyVersionCreatesATopic(short version) {
        var answer = create(version, false, topic("orders", 2, 1));

        assertThat(errors(answer)).containsExactly(Errors.NONE);
        assertThat(table.broker.catalog().topic("orders"))
                .get()
                .satisfies(topic -> assertThat(topic.partitions()).isEqualTo(2));
    }

    @Test
    void theAnswerTellsIdPartitionsAndSettings() {
        var wish = topic("orders", 2, 1);
        wish.configs().add(new CreatableTopicConfig().setName("retention.ms").setValue("1000"));

        var answer = one(create((short) 7, false, wish));

        var topic = table.broker.catalog().topic("orders").orElseThrow();
        assertThat(answer.topicId())
                .isEqualTo(TopicIds.kafka(topic.id()))
                .isNotEqualTo(Uuid.ZERO_UUID);
        assertThat(answer.numPartitions()).isEqualTo(2);
        assertThat(answer.replicationFactor()).isEqualTo((short) 1);
        assertThat(setting(answer, "retention.ms").value()).isEqualTo("1000");
        assertThat(setting(answer, "retention.ms").configSource())
                .isEqualTo(ConfigSource.TOPIC_CONFIG.id());
        assertThat(setting(answer, "cleanup.policy").value()).isEqualTo("delete");
        assertThat(setting(answer, "cleanup.policy").configSource())
                .isEqualTo(ConfigSource.DEFAULT_CONFIG.id());
        assertThat(setting(answer, "sluice.durability").value()).isEqualTo("sync");
        assertThat(topic.config()).isEqualTo(Map.of("retention.ms", "1000"));
    }

    @Test
    void minusOneAsksForTheDefaults() {
        var answer = one(create((short) 7, false, topic("orders", -1, -1)));

        assertThat(answer.numPartitions()).isEqualTo(3);
        assertThat(answer.replicationFactor()).isEqualTo((short) 1);
    }

    @Test
    void validateOnlyAnswersAsIfAndCreatesNothing() {
        var answer = one(create((short) 7, true, topic("orders", 2, 1)));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.NONE);
        assertThat(answer.numPartitions()).isEqualTo(2);
        assertThat(table.broker.catalog().topics()).isEmpty();
    }

    @Test
    void validateOnlyFindsWhatIsWrong() {
        assertThat(errors(create((short) 7, true, topic("orders", 0, 1))))
                .containsExactly(Errors.INVALID_PARTITIONS);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, INVALID_PARTITIONS",
        "-2, 1, INVALID_PARTITIONS",
        "1, 0, INVALID_REPLICATION_FACTOR",
        "1, -2, INVALID_REPLICATION_FACTOR",
        "1, 2, INVALID_REPLICATION_FACTOR",
        "1, 3, INVALID_REPLICATION_FACTOR",
        "10001, 1, POLICY_VIOLATION"
    })
    void impossibleNumbersAreRefused(int partitions, int replicas, Errors expected) {
        assertThat(errors(create((short) 7, false, topic("orders", partitions, replicas))))
                .containsExactly(expected);
        assertThat(table.broker.catalog().topics()).isEmpty();
    }

    @Test
    void moreThanTenThousandPartitionsInOneRequestAreRefusedTogether() {
        var answer = create((short) 7, false, topic("a", 6_000, 1), topic("b", 6_000, 1));

        assertThat(errors(answer))
                .containsExactly(Errors.POLICY_VIOLATION, Errors.POLICY_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "with space", "with/slash", "ünicode", "a\u0000b"})
    void malformedNamesAreRefused(String name) {
        assertThat(errors(create((short) 7, false, topic(name, 1, 1))))
                .containsExactly(Errors.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void aNameIsAtMost249CharactersLong() {
        assertThat(errors(create((short) 7, false, topic("x".repeat(249), 1, 1))))
                .containsExactly(Errors.NONE);
        assertThat(errors(create((short) 7, false, topic("x".repeat(250), 1, 1))))
                .containsExactly(Errors.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void namesThatDifferInDotAndUnderscoreOnlyCollide() {
        table.create("a.b", 1, Map.of());

        var answer = one(create((short) 7, false, topic("a_b", 1, 1)));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
        assertThat(answer.errorMessage())
                .isEqualTo("Topic 'a_b' collides with existing topic: a.b");
    }

    @Test
    void anExistingNameIsRefused() {
        table.create("orders", 1, Map.of());

        var answer = one(create((short) 7, false, topic("orders", 1, 1)));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.TOPIC_ALREADY_EXISTS);
        assertThat(answer.errorMessage()).isEqualTo("Topic 'orders' already exists.");
    }

    @Test
    void kafkasMetadataTopicIsNotForClients() {
        assertThat(errors(create((short) 7, false, topic("__cluster_metadata", 1, 1))))
                .containsExactly(Errors.INVALID_REQUEST);
    }

    @Test
    void aNameGivenTwiceIsRefusedOnceAndTheOthersAreCreated() {
        var answer =
                create(
                        (short) 7,
                        false,
                        topic("twice", 1, 1),
                        topic("twice", 2, 1),
                        topic("once", 1, 1));

        assertThat(answer.data().topics()).hasSize(2);
        assertThat(Errors.forCode(answer.data().topics().find("twice").errorCode()))
                .isEqualTo(Errors.INVALID_REQUEST);
        assertThat(Errors.forCode(answer.data().topics().find("once").errorCode()))
                .isEqualTo(Errors.NONE);
        assertThat(table.broker.catalog().topic("twice")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.setting, 1",
        "retention.ms, soon",
        "retention.ms, -2",
        "cleanup.policy, shred",
        "min.cleanable.dirty.ratio, 1.5",
        "compression.type, rar",
        "sluice.durability, maybe",
        "remote.storage.enable, true",
        "internal.segment.bytes, many"
    })
    void settingsThatKafkaWouldNotTakeAreRefused(String name, String value) {
        var wish = topic("orders", 1, 1);
        wish.configs().add(new CreatableTopicConfig().setName(name).setValue(value));

        assertThat(errors(create((short) 7, false, wish))).containsExactly(Errors.INVALID_CONFIG);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        var wish = topic("orders", 1, 1);
        wish.configs()
                .add(new CreatableTopicConfig().setName("min.compaction.lag.ms").setValue("10"));
        wish.configs()
                .add(new CreatableTopicConfig().setName("max.compaction.lag.ms").setValue("5"));

        assertThat(errors(create((short) 7, false, wish))).containsExactly(Errors.INVALID_CONFIG);
    }

    @Test
    void aSettingWithoutValueIsRefused() {
        var wish = topic("orders", 1, 1);
        wish.configs().add(new CreatableTopicConfig().setName("retention.ms").setValue(null));

        var answer = one(create((short) 7, false, wish));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.INVALID_CONFIG);
        assertThat(answer.errorMessage())
                .isEqualTo("Null value not supported for topic configs: retention.ms");
    }

    @Test
    void replicasMayBePlacedOnThisBroker() {
        var answer = one(create((short) 7, false, assigned("orders", List.of(1), List.of(1))));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.NONE);
        assertThat(answer.numPartitions()).isEqualTo(2);
    }

    @Test
    void replicasAreNowhereElse() {
        assertThat(errors(create((short) 7, false, assigned("elsewhere", List.of(2)))))
                .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
        assertThat(errors(create((short) 7, false, assigned("doubled", List.of(1, 1)))))
                .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
        assertThat(errors(create((short) 7, false, assigned("nowhere", List.of()))))
                .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
    }

    @Test
    void placedPartitionsAreCountedFromZero() {
        var wish = topic("orders", -1, -1);
        wish.assignments()
                .add(
                        new CreatableReplicaAssignment()
                                .setPartitionIndex(1)
                                .setBrokerIds(List.of(1)));

        assertThat(errors(create((short) 7, false, wish)))
                .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
    }

    @Test
    void placedPartitionsAreNotAlsoCounted() {
        assertThat(
                        errors(
                                create(
                                        (short) 7,
                                        false,
                                        assigned("orders", List.of(1)).setNumPartitions(1))))
                .containsExactly(Errors.INVALID_REQUEST);
        assertThat(
                        errors(
                                create(
                                        (short) 7,
                                        false,
                                        assigned("orders", List.of(1))
                                                .setReplicationFactor((short) 1))))
                .containsExactly(Errors.INVALID_REQUEST);
    }

    @Test
    void aFullDiskIsToldAsSuch() {
        table.broker.refuseWith(new BrokerError.StorageFull("no room on the disk"));

        var answer = one(create((short) 7, false, topic("orders", 1, 1)));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
        assertThat(answer.errorMessage()).isEqualTo("no room on the disk");
    }

    @Test
    void aRequestForNothingIsAnsweredWithNothing() {
        assertThat(create((short) 7, false).data().topics()).isEmpty();
    }

    private CreateTopicsResponse create(
            short version, boolean validateOnly, CreatableTopic... topics) {
        var data = new CreateTopicsRequestData().setValidateOnly(validateOnly);
        Arrays.stream(topics).forEach(topic -> data.topics().mustAdd(topic));
        return table.ask(new CreateTopicsRequest(data, version), CreateTopicsResponse.class);
    }

    private static CreatableTopic topic(String name, int partitions, int replicas) {
        return new CreatableTopic()
                .setName(name)
                .setNumPartitions(partitions)
                .setReplicationFactor((short) replicas);
    }

    @SafeVarargs
    private static CreatableTopic assigned(String name, List<Integer>... brokers) {
        var topic = topic(name, -1, -1);
        IntStream.range(0, brokers.length)
                .forEach(
                        index ->
                                topic.assignments()
                                        .add(
                                                new CreatableReplicaAssignment()
                                                        .setPartitionIndex(index)
                                                        .setBrokerIds(brokers[index])));
        return topic;
    }

    private static List<Errors> errors(CreateTopicsResponse answer) {
        return answer.data().topics().stream()
                .map(topic -> Errors.forCode(topic.errorCode()))
                .toList();
    }

    private static CreatableTopicResult one(CreateTopicsResponse answer) {
        return answer.data().topics().stream().findFirst().orElseThrow();
    }

    private static CreatableTopicConfigs setting(CreatableTopicResult answer, String name) {
        return answer.configs().stream()
                .filter(config -> config.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
