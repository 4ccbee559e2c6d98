package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.kafka.Exchange;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopicCollection;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitionsCollection;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;
import org.apache.kafka.common.requests.ElectLeadersRequest;
import org.apache.kafka.common.requests.ElectLeadersResponse;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;
import org.apache.kafka.common.requests.ListConfigResourcesResponse;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.UpdateFeaturesRequest;
import org.apache.kafka.common.requests.UpdateFeaturesResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What tools ask about brokers, replicas and the quorum: one broker, always the leader of everything.
class ClusterTest {
    private final AdminTable table = new AdminTable();

    @BeforeEach
    void createTopic() {
        table.create("orders", 2, Map.of());
    }

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2})
    void theClusterIsOneBrokerThatIsItsOwnController(short version) {
        var cluster = cluster(version, 1);

        assertThat(cluster.errorCode()).isZero();
        assertThat(cluster.controllerId()).isEqualTo(1);
        assertThat(cluster.clusterId())
                .isEqualTo(TopicIds.kafka(table.broker.catalog().clusterId()).toString());
        assertThat(cluster.brokers())
                .singleElement()
                .satisfies(
                        broker -> {
                            assertThat(broker.brokerId()).isEqualTo(1);
                            assertThat(broker.host()).isEqualTo(Exchange.NODE.host());
                            assertThat(broker.port()).isEqualTo(Exchange.NODE.port());
                            assertThat(broker.isFenced()).isFalse();
                        });
        assertThat(cluster.clusterAuthorizedOperations()).isEqualTo(Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "2, MISMATCHED_ENDPOINT_TYPE",
        "3, UNSUPPORTED_ENDPOINT_TYPE",
        "0, UNSUPPORTED_ENDPOINT_TYPE"
    })
    void otherEndpointsThanBrokersAreRefused(int endpoints, Errors expected) {
        var cluster = cluster((short) 1, endpoints);

        assertThat(Errors.forCode(cluster.errorCode())).isEqualTo(expected);
        assertThat(cluster.brokers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2})
    void theCatalogHasAQuorumOfOne(short version) {
        var data = quorum(Topic.CLUSTER_METADATA_TOPIC_PARTITION, version).data();

        var partition = data.topics().getFirst().partitions().getFirst();
        assertThat(partition.leaderId()).isEqualTo(1);
        assertThat(partition.highWatermark()).isEqualTo(table.broker.catalog().version());
        assertThat(partition.currentVoters())
                .singleElement()
                .satisfies(voter -> assertThat(voter.replicaId()).isEqualTo(1));
        assertThat(partition.observers()).isEmpty();
        assertThat(data.nodes()).hasSize(version < 2 ? 0 : 1);
    }

    @Test
    void noOtherPartitionHasAQuorum() {
        var data = quorum(new TopicPartition("orders", 0), (short) 2).data();

        assertThat(Errors.forCode(data.topics().getFirst().partitions().getFirst().errorCode()))
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @ParameterizedTest
    @ValueSource(shorts = {1, 2, 3, 4, 5})
    void allPartitionsLieInOneDirectory(short version) {
        var directory = directory(null, version);

        assertThat(directory.logDir()).isEqualTo("/var/lib/sluice");
        assertThat(directory.errorCode()).isZero();
        assertThat(directory.topics())
                .singleElement()
                .satisfies(topic -> assertThat(topic.partitions()).hasSize(2));
    }

    @Test
    void onlyTheDirectoryOfWhatExistsIsTold() {
        var wanted = new DescribableLogDirTopicCollection();
        wanted.add(
                new DescribableLogDirTopic()
                        .setTopic("orders")
                        .setPartitions(List.of(-1, 1, 1, 2)));
        wanted.add(new DescribableLogDirTopic().setTopic("nothing").setPartitions(List.of(0)));

        assertThat(directory(wanted, (short) 5).topics())
                .singleElement()
                .satisfies(
                        topic -> {
                            assertThat(topic.name()).isEqualTo("orders");
                            assertThat(topic.partitions())
                                    .singleElement()
                                    .satisfies(
                                            partition ->
                                                    assertThat(partition.partitionIndex())
                                                            .isEqualTo(1));
                        });
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "1, 1", "2, 0", "2, 1"})
    void noElectionIsEverNeeded(short version, byte type) {
        var results =
                elect(partitions("orders", 0, 7), version, type).data().replicaElectionResults();

        assertThat(results.getFirst().partitionResult())
                .extracting(result -> Errors.forCode(result.errorCode()))
                .containsExactly(Errors.ELECTION_NOT_NEEDED, Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void anElectionEverywhereNamesNoPartition() {
        var answer = elect(null, (short) 2, (byte) 0);

        assertThat(answer.data().errorCode()).isZero();
        assertThat(answer.data().replicaElectionResults())
                .allSatisfy(topic -> assertThat(topic.partitionResult()).isEmpty());
    }

    @Test
    void anUnknownKindOfElectionIsRefused() {
        assertThat(Errors.forCode(elect(null, (short) 2, (byte) 9).data().errorCode()))
                .isEqualTo(Errors.INVALID_REQUEST);
    }

    @Test
    void noReplicaIsOnTheMove() {
        var answer =
                table.ask(
                        new ListPartitionReassignmentsRequest.Builder(
                                        new ListPartitionReassignmentsRequestData())
                                .build((short) 0),
                        ListPartitionReassignmentsResponse.class);

        assertThat(answer.data().errorCode()).isZero();
        assertThat(answer.data().topics()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "orders, 0, '1', NONE",
        "orders, 0, '2', INVALID_REPLICA_ASSIGNMENT",
        "orders, 0, '1,2', INVALID_REPLICA_ASSIGNMENT",
        "orders, 0, , NO_REASSIGNMENT_IN_PROGRESS",
        "orders, 2, '1', UNKNOWN_TOPIC_OR_PARTITION",
        "nothing, 0, '1', UNKNOWN_TOPIC_OR_PARTITION"
    })
    void aPartitionMovesOnlyToWhereItIs(
            String topic, int partition, @Nullable String brokers, Errors expected) {
        var replicas =
                Optional.ofNullable(brokers)
                        .map(ids -> List.of(ids.split(",")).stream().map(Integer::valueOf).toList())
                        .orElse(null);
        var data =
                new AlterPartitionReassignmentsRequestData()
                        .setTopics(
                                List.of(
                                        new ReassignableTopic()
                                                .setName(topic)
                                                .setPartitions(
                                                        List.of(
                                                                new ReassignablePartition()
                                                                        .setPartitionIndex(
                                                                                partition)
                                                                        .setReplicas(replicas)))));

        var answer =
                table.ask(
                        new AlterPartitionReassignmentsRequest.Builder(data).build((short) 1),
                        AlterPartitionReassignmentsResponse.class);

        assertThat(
                        Errors.forCode(
                                answer.data()
                                        .responses()
                                        .getFirst()
                                        .partitions()
                                        .getFirst()
                                        .errorCode()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, group.version, 1, NONE",
        "1, group.version, 1, NONE",
        "2, group.version, 1, NONE",
        "2, group.version, 0, INVALID_UPDATE_VERSION",
        "1, group.version, 2, INVALID_UPDATE_VERSION",
        "2, no.such.version, 1, INVALID_UPDATE_VERSION"
    })
    void aFeatureStaysWhatItIs(short version, String feature, short level, Errors expected) {
        var data = new UpdateFeaturesRequestData();
        data.featureUpdates()
                .add(new FeatureUpdateKey().setFeature(feature).setMaxVersionLevel(level));

        var answer =
                table.ask(new UpdateFeaturesRequest(data, version), UpdateFeaturesResponse.class);

        assertThat(Errors.forCode(answer.data().errorCode())).isEqualTo(expected);
    }

    @Test
    void whatHasSettingsIsListed() {
        var data = resources((short) 1, List.of()).data();

        assertThat(data.errorCode()).isZero();
        assertThat(data.configResources())
                .extracting(resource -> resource.resourceType() + ":" + resource.resourceName())
                .containsExactly("2:orders", "4:1");
    }

    @Test
    void theOldestVersionListsOnlyClientsMetrics() {
        assertThat(
                        resources((short) 0, List.of(ConfigResource.Type.CLIENT_METRICS.id()))
                                .data()
                                .configResources())
                .isEmpty();
    }

    @Test
    void typesThatNobodyKnowsAreRefused() {
        assertThat(Errors.forCode(resources((short) 1, List.of((byte) 99)).data().errorCode()))
                .isEqualTo(Errors.UNSUPPORTED_VERSION);
    }

    private DescribeClusterResponseData cluster(short version, int endpoints) {
        var data = new DescribeClusterRequestData().setEndpointType((byte) endpoints);
        return table.ask(
                        new DescribeClusterRequest.Builder(data).build(version),
                        DescribeClusterResponse.class)
                .data();
    }

    private DescribeQuorumResponse quorum(TopicPartition partition, short version) {
        DescribeQuorumRequestData data = DescribeQuorumRequest.singletonRequest(partition);
        return table.ask(
                new DescribeQuorumRequest.Builder(data).build(version),
                DescribeQuorumResponse.class);
    }

    private DescribeLogDirsResult directory(
            @Nullable DescribableLogDirTopicCollection wanted, short version) {
        var data = new DescribeLogDirsRequestData().setTopics(wanted);
        return table.ask(
                        new DescribeLogDirsRequest.Builder(data).build(version),
                        DescribeLogDirsResponse.class)
                .data()
                .results()
                .getFirst();
    }

    private ElectLeadersResponse elect(
            @Nullable TopicPartitionsCollection partitions, short version, byte type) {
        var data =
                new ElectLeadersRequestData().setElectionType(type).setTopicPartitions(partitions);
        return table.ask(
                ElectLeadersRequest.parse(MessageUtil.toByteBufferAccessor(data, version), version),
                ElectLeadersResponse.class);
    }

    private static TopicPartitionsCollection partitions(String topic, Integer... indexes) {
        var partitions = new TopicPartitionsCollection();
        partitions.add(new TopicPartitions().setTopic(topic).setPartitions(List.of(indexes)));
        return partitions;
    }

    private ListConfigResourcesResponse resources(short version, List<Byte> types) {
        var data = new ListConfigResourcesRequestData().setResourceTypes(types);
        return table.ask(
                new ListConfigResourcesRequest.Builder(data).build(version),
                ListConfigResourcesResponse.class);
    }
}
