package io.sluice.conformance.admin;

import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

@Conformance
class ClusterAdministrationTest {
    @Test
    void theClusterIsOneNodeThatLeadsItself(Clients clients) {
        var cluster = clients.admin().describeCluster();

        var nodes = done(cluster.nodes());
        assertThat(nodes).hasSize(1);
        var only = nodes.iterator().next();
        assertThat(only.host() + ":" + only.port()).isEqualTo(clients.bootstrap());
        assertThat(done(cluster.controller())).extracting(Node::id).isEqualTo(only.id());
        assertThat(done(cluster.clusterId())).isNotBlank();
    }

    @Test
    void theDirectoriesTellTheSizeOfEachPartition(Clients clients) {
        var topic = clients.topic("sized", 2);
        var _ = clients.write(topic, 1, List.of("x".repeat(50_000)));
        var node = done(clients.admin().describeCluster().nodes()).iterator().next().id();

        var directories =
                at(done(clients.admin().describeLogDirs(List.of(node)).allDescriptions()), node);

        var replicas = directories.values().iterator().next().replicaInfos();
        assertThat(at(replicas, new TopicPartition(topic, 0)).size()).isZero();
        assertThat(at(replicas, new TopicPartition(topic, 1)).size()).isGreaterThan(50_000);
    }

    @Test
    void activeProducersAreDescribed(Clients clients) {
        var topic = clients.topic("producers", 1);
        var partition = new TopicPartition(topic, 0);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));

        var producers =
                done(clients.admin()
                                .describeProducers(List.of(partition))
                                .partitionResult(partition))
                        .activeProducers();

        assertThat(producers).hasSize(1);
        assertThat(producers.getFirst().producerId()).isNotNegative();
        assertThat(producers.getFirst().lastSequence()).isEqualTo(2);
    }

    @Test
    void offsetsAreListedFromBothEnds(Clients clients) {
        var topic = clients.topic("both-ends", 1);
        var partition = new TopicPartition(topic, 0);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));

        assertThat(
                        done(clients.admin()
                                        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
                                        .partitionResult(partition))
                                .offset())
                .isZero();
        assertThat(
                        done(clients.admin()
                                        .listOffsets(Map.of(partition, OffsetSpec.latest()))
                                        .partitionResult(partition))
                                .offset())
                .isEqualTo(3);
        assertThat(
                        done(clients.admin()
                                        .listOffsets(Map.of(partition, OffsetSpec.earliestLocal()))
                                        .partitionResult(partition))
                                .offset())
                .isZero();
    }

    @Test
    void aLeaderThatLeadsNeedsNoElection(Clients clients) {
        var partition = new TopicPartition(clients.topic("elected", 1), 0);
        var none = new TopicPartition(clients.name("none"), 0);

        var elected =
                done(
                        clients.admin()
                                .electLeaders(ElectionType.PREFERRED, Set.of(partition, none))
                                .partitions());

        assertThat(elected.get(partition)).containsInstanceOf(ElectionNotNeededException.class);
        assertThat(elected.get(none)).containsInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void nothingIsEverBeingReassigned(Clients clients) {
        assertThat(done(clients.admin().listPartitionReassignments().reassignments())).isEmpty();
    }

    @Test
    void theQuorumIsThisNode(Clients clients) {
        var quorum = done(clients.admin().describeMetadataQuorum().quorumInfo());

        var node = done(clients.admin().describeCluster().nodes()).iterator().next().id();
        assertThat(quorum.leaderId()).isEqualTo(node);
        assertThat(quorum.voters()).hasSize(1);
    }

    @Test
    void featuresAreDescribed(Clients clients) {
        var features = done(clients.admin().describeFeatures().featureMetadata());

        assertThat(features.supportedFeatures()).isNotNull();
    }

    @Test
    void whatSluiceDoesNotHaveYetIsNotAdvertised(Clients clients) {
        Promises.ofSluiceOnly("Kafka has ACLs");

        assertThat(refusal(clients.admin().describeAcls(AclBindingFilter.ANY).values()))
                .isInstanceOf(UnsupportedVersionException.class);
    }
}
