package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetDeleteResponse;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Committing and fetching offsets, as a consumer without a group membership does.
class OffsetsTest {
    private static final String GROUP = "billing";

    private final GroupFixture groups = new GroupFixture();
    private Topic orders = groups.createTopic("orders", 3);

    @BeforeEach
    void aLoadedCoordinator() {
        GroupFixture.until(() -> fetch(9, 0), answer -> answer.errorCode() == 0);
    }

    @AfterEach
    void close() {
        groups.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatWasCommittedIsFetchedInEveryVersion(int version) {
        assertThat(commit(version, 1, 42)).isEqualTo(Errors.NONE);

        assertThat(offset(fetch(Math.min(version, 10), 1))).isEqualTo(42);
    }

    @Test
    void theCommentOfACommitIsKept() {
        commit(9, 1, 42);

        assertThat(partition(fetch(9, 1)).metadata()).isEqualTo("why");
    }

    @Test
    void aPartitionWithoutACommitHasOffsetMinusOne() {
        assertThat(offset(fetch(9, 2))).isEqualTo(-1);
    }

    @Test
    void allOffsetsOfAGroupAreFetchedByNameAndById() {
        commit(9, 0, 5);
        commit(9, 2, 7);

        for (int version : new int[] {2, 8, 9, 10}) {
            var topic = fetchAll(version).topics().getFirst();
            assertThat(version < 10 ? topic.name() : topic.topicId())
                    .isEqualTo(version < 10 ? "orders" : CatalogImage.kafkaId(orders.id()));
            assertThat(topic.partitions())
                    .extracting(OffsetFetchResponsePartitions::committedOffset)
                    .containsExactlyInAnyOrder(5L, 7L);
        }
    }

    @Test
    void aCommitForAPartitionThatDoesNotExistIsRefusedAndTheOthersAreTaken() {
        var answer = commit(9, List.of(topic("orders", 0, 3, -1), topic("invoices", 0)));

        assertThat(errors(answer))
                .containsExactlyInAnyOrder(
                        "orders-0 NONE",
                        "orders-3 UNKNOWN_TOPIC_OR_PARTITION",
                        "orders--1 UNKNOWN_TOPIC_OR_PARTITION",
                        "invoices-0 UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(offset(fetch(9, 0))).isEqualTo(100);
    }

    @Test
    void anUnknownTopicIdIsRefusedForCommitsAndFetches() {
        var unknown = Uuid.randomUuid();

        var committed = commit(10, List.of(topic("", 0).setTopicId(unknown)));
        assertThat(errors(committed)).containsExactly("-0 UNKNOWN_TOPIC_ID");

        var fetched =
                fetch(
                        10,
                        List.of(
                                new OffsetFetchRequestTopics()
                                        .setTopicId(unknown)
                                        .setPartitionIndexes(List.of(0))));
        assertThat(partition(fetched).errorCode()).isEqualTo(Errors.UNKNOWN_TOPIC_ID.code());
    }

    @ParameterizedTest
    @CsvSource({"8, ILLEGAL_GENERATION", "9, GROUP_ID_NOT_FOUND"})
    void aCommitOfAMemberOfAGroupThatDoesNotExistIsRefused(int version, Errors error) {
        var request =
                request(List.of(topic("orders", 0)))
                        .setGenerationIdOrMemberEpoch(7)
                        .setMemberId("someone");

        var answer =
                groups.ask(
                        OffsetCommitRequest.Builder.forTopicNames(request),
                        version,
                        OffsetCommitResponse.class);

        assertThat(errors(answer)).containsExactly("orders-0 " + error);
    }

    @Test
    void aCommentThatIsTooLargeIsRefused() {
        var commented = topic("orders", 0);
        commented.partitions().getFirst().setCommittedMetadata("x".repeat(4097));

        assertThat(errors(commit(9, List.of(commented))))
                .containsExactly("orders-0 OFFSET_METADATA_TOO_LARGE");
    }

    @Test
    void committedOffsetsOutliveARestart() {
        for (int offset = 1; offset <= 200; offset++) {
            commit(9, offset % 3, offset);
        }

        groups.restart();

        assertThat(offset(fetchOnceLoaded(2))).isEqualTo(200);
        assertThat(offset(fetch(9, 1))).isEqualTo(199);
        assertThat(offset(fetch(9, 0))).isEqualTo(198);
        assertThat(commit(9, 0, 201)).isEqualTo(Errors.NONE);
    }

    @Test
    void deletingATopicForgetsWhatWasCommittedForIt() {
        commit(9, 0, 5);

        groups.change(new CatalogChange.DeleteTopic(orders.id()));

        GroupFixture.until(() -> fetchAll(9).topics(), List::isEmpty);
    }

    @Test
    void aTopicCreatedAgainUnderItsNameStartsWithoutOffsets() {
        commit(9, 0, 5);

        groups.change(new CatalogChange.DeleteTopic(orders.id()));
        orders = groups.createTopic("orders", 3);

        assertThat(offset(fetch(9, 0))).isEqualTo(-1);
        assertThat(commit(9, 0, 6)).isEqualTo(Errors.NONE);
        assertThat(offset(fetch(9, 0))).isEqualTo(6);
    }

    @Test
    void offsetsOfATopicDeletedWhileNobodyWatchedAreForgottenAtTheNextLoad() {
        commit(9, 0, 5);
        groups.stopCoordination();
        groups.change(new CatalogChange.DeleteTopic(orders.id()));

        groups.restart();

        fetchOnceLoaded(0);
        GroupFixture.until(() -> fetchAll(9).topics(), List::isEmpty);
    }

    @Test
    void deletedOffsetsAreGone() {
        commit(9, 0, 5);
        commit(9, 1, 6);

        var answer =
                groups.ask(
                        new OffsetDeleteRequest.Builder(
                                new OffsetDeleteRequestData()
                                        .setGroupId(GROUP)
                                        .setTopics(
                                                new OffsetDeleteRequestData
                                                        .OffsetDeleteRequestTopicCollection(
                                                        List.of(
                                                                        new OffsetDeleteRequestTopic()
                                                                                .setName("orders")
                                                                                .setPartitions(
                                                                                        List.of(
                                                                                                new OffsetDeleteRequestPartition()
                                                                                                        .setPartitionIndex(
                                                                                                                0),
                                                                                                new OffsetDeleteRequestPartition()
                                                                                                        .setPartitionIndex(
                                                                                                                9))))
                                                                .iterator()))),
                        0,
                        OffsetDeleteResponse.class);

        assertThat(answer.data().errorCode()).isZero();
        assertThat(answer.data().topics().find("orders").partitions())
                .extracting(
                        partition ->
                                partition.partitionIndex()
                                        + " "
                                        + Errors.forCode(partition.errorCode()))
                .containsExactlyInAnyOrder("0 NONE", "9 UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(offset(fetch(9, 0))).isEqualTo(-1);
        assertThat(offset(fetch(9, 1))).isEqualTo(6);
    }

    @Test
    void aCommitThatCouldNotBeStoredIsAnsweredSoAndNeverShown() {
        commit(9, 0, 5);
        groups.broker.refuseAppends(1);

        assertThat(commit(9, 0, 6)).isIn(Errors.NOT_COORDINATOR, Errors.COORDINATOR_NOT_AVAILABLE);

        assertThat(offset(fetchOnceLoaded(0))).isEqualTo(5);
        GroupFixture.until(() -> commit(9, 0, 7), error -> error == Errors.NONE);
        assertThat(offset(fetch(9, 0))).isEqualTo(7);
    }

    @Test
    void manyCommitsAroundAFailedWriteAreEitherRefusedOrKept() {
        var kept = new ArrayList<Integer>();
        for (int offset = 1; offset <= 300; offset++) {
            if (offset % 100 == 50) {
                groups.broker.refuseAppends(2);
            }
            if (commit(9, 0, offset) == Errors.NONE) {
                kept.add(offset);
            }
        }

        assertThat(kept).isNotEmpty();
        assertThat(offset(fetchOnceLoaded(0))).isGreaterThanOrEqualTo(kept.getLast());
    }

    @Test
    void whileThePartitionCannotBeReadClientsAreToldToComeBack() {
        commit(9, 0, 5);
        groups.stopCoordination();
        groups.broker.refuseFetches(new BrokerError.StorageFailed("a sector is gone"));
        groups.restart();

        for (int i = 0; i < 20; i++) {
            assertThat(Errors.forCode(fetch(9, 0).errorCode()))
                    .isIn(Errors.COORDINATOR_LOAD_IN_PROGRESS, Errors.NOT_COORDINATOR);
        }
        groups.broker.allowFetches();

        assertThat(offset(fetchOnceLoaded(0))).isEqualTo(5);
    }

    @Test
    void afterTheOffsetsTopicWasDeletedGroupsStartFromNothing() {
        commit(9, 0, 5);

        var topic = groups.broker.catalog().topic(OffsetsTopic.NAME).orElseThrow();
        groups.change(new CatalogChange.DeleteTopic(topic.id()));

        GroupFixture.until(
                () -> fetch(9, 0), answer -> answer.errorCode() == 0 && offset(answer) == -1);
        assertThat(groups.broker.catalog().topic(OffsetsTopic.NAME).map(Topic::id))
                .get()
                .isNotEqualTo(topic.id());
    }

    private Errors commit(int version, int partition, long offset) {
        var topic = topic("orders", partition);
        topic.partitions().getFirst().setCommittedOffset(offset).setCommittedMetadata("why");
        var answer = commit(version, List.of(topic));
        return Errors.forCode(
                answer.data().topics().getFirst().partitions().getFirst().errorCode());
    }

    private OffsetCommitResponse commit(int version, List<OffsetCommitRequestTopic> topics) {
        var request = request(topics);
        for (var topic : topics) {
            if (topic.topicId().equals(Uuid.ZERO_UUID)) {
                topic.setTopicId(CatalogImage.kafkaId(orders.id()));
            }
        }
        return groups.ask(
                version >= 10
                        ? OffsetCommitRequest.Builder.forTopicIdsOrNames(request)
                        : OffsetCommitRequest.Builder.forTopicNames(request),
                version,
                OffsetCommitResponse.class);
    }

    private static OffsetCommitRequestData request(List<OffsetCommitRequestTopic> topics) {
        return new OffsetCommitRequestData().setGroupId(GROUP).setTopics(topics);
    }

    private static OffsetCommitRequestTopic topic(String name, int... partitions) {
        var topic = new OffsetCommitRequestTopic().setName(name);
        for (int partition : partitions) {
            topic.partitions()
                    .add(
                            new OffsetCommitRequestPartition()
                                    .setPartitionIndex(partition)
                                    .setCommittedOffset(100));
        }
        return topic;
    }

    private static List<String> errors(OffsetCommitResponse response) {
        return response.data().topics().stream()
                .flatMap(
                        topic ->
                                topic.partitions().stream()
                                        .map(
                                                partition ->
                                                        topic.name()
                                                                + "-"
                                                                + partition.partitionIndex()
                                                                + " "
                                                                + Errors.forCode(
                                                                        partition.errorCode())))
                .toList();
    }

    private OffsetFetchResponseGroup fetchOnceLoaded(int partition) {
        return GroupFixture.until(() -> fetch(9, partition), answer -> answer.errorCode() == 0);
    }

    private OffsetFetchResponseGroup fetch(int version, int partition) {
        return fetch(
                version,
                List.of(
                        new OffsetFetchRequestTopics()
                                .setName("orders")
                                .setTopicId(CatalogImage.kafkaId(orders.id()))
                                .setPartitionIndexes(List.of(partition))));
    }

    private OffsetFetchResponseGroup fetch(int version, List<OffsetFetchRequestTopics> topics) {
        return ask(version, new OffsetFetchRequestGroup().setGroupId(GROUP).setTopics(topics));
    }

    private OffsetFetchResponseGroup fetchAll(int version) {
        return ask(version, new OffsetFetchRequestGroup().setGroupId(GROUP).setTopics(null));
    }

    private OffsetFetchResponseGroup ask(int version, OffsetFetchRequestGroup group) {
        var request = new OffsetFetchRequestData().setGroups(List.of(group));
        return groups.ask(
                        version >= 10
                                ? OffsetFetchRequest.Builder.forTopicIdsOrNames(request, false)
                                : OffsetFetchRequest.Builder.forTopicNames(request, false),
                        version,
                        OffsetFetchResponse.class)
                .group(GROUP);
    }

    private static OffsetFetchResponsePartitions partition(OffsetFetchResponseGroup group) {
        return group.topics().getFirst().partitions().getFirst();
    }

    private static long offset(OffsetFetchResponseGroup group) {
        return partition(group).committedOffset();
    }
}
