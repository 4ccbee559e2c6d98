package io.sluice.conformance.client;

import static io.sluice.conformance.client.ShareGroupsTest.numbered;
import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.junit.jupiter.api.Test;

/// What an administrator sees of share groups, and does to them.
@Conformance
class ShareOffsetsTest {
    @Test
    void aGroupIsListedDescribedAndDeleted(Clients clients) {
        var topic = clients.topic("described", 3);
        var sharing = Sharing.of(clients, "described");
        var consumer = sharing.consumer(topic);
        Until.holds(
                "the member has its partitions",
                () -> {
                    var _ = consumer.poll(Duration.ofMillis(200));
                    return exists(clients, sharing)
                            && describe(clients, sharing).members().stream()
                                            .mapToInt(
                                                    one ->
                                                            one.assignment()
                                                                    .topicPartitions()
                                                                    .size())
                                            .sum()
                                    == 3;
                });

        assertThat(describe(clients, sharing).groupState()).isEqualTo(GroupState.STABLE);
        assertThat(done(clients.admin().listGroups(ListGroupsOptions.forShareGroups()).all()))
                .filteredOn(group -> group.groupId().equals(sharing.group()))
                .singleElement()
                .extracting(GroupListing::type)
                .isEqualTo(Optional.of(GroupType.SHARE));
        assertThat(
                        Clients.refusal(
                                clients.admin().deleteShareGroups(List.of(sharing.group())).all()))
                .isInstanceOf(GroupNotEmptyException.class);

        consumer.close();
        emptied(clients, sharing);
        var _ = done(clients.admin().deleteShareGroups(List.of(sharing.group())).all());

        assertThat(
                        Clients.refusal(
                                clients.admin()
                                        .describeShareGroups(List.of(sharing.group()))
                                        .all()))
                .isInstanceOf(GroupIdNotFoundException.class);
    }

    @Test
    void theStartOffsetIsTheFirstThatIsNotDoneWithAndTheLagCountsWhatIsLeft(Clients clients) {
        var topic = clients.topic("lag", 1);
        var sharing = Sharing.of(clients, "lag");
        var _ = clients.write(topic, 0, numbered(10));
        var consumer = sharing.explicit(topic);
        var _ =
                Sharing.take(
                        consumer,
                        10,
                        record -> {
                            if (record.offset() != 3 && record.offset() < 8) {
                                consumer.acknowledge(record);
                            }
                        });
        consumer.close();

        var offset = offset(clients, sharing, topic);

        assertThat(offset.startOffset()).isEqualTo(3);
        assertThat(offset.lag()).hasValue(3L);
    }

    @Test
    void anEmptyGroupIsSetBackAndForth(Clients clients) {
        var topic = clients.topic("set", 1);
        var sharing = Sharing.of(clients, "set");
        var _ = clients.write(topic, 0, numbered(10));
        var consumer = sharing.consumer(topic);
        var _ = Sharing.take(consumer, 10);
        assertThat(
                        Clients.refusal(
                                clients.admin()
                                        .alterShareGroupOffsets(
                                                sharing.group(),
                                                Map.of(new TopicPartition(topic, 0), 4L))
                                        .all()))
                .isInstanceOf(GroupNotEmptyException.class);
        consumer.commitSync();
        consumer.close();
        emptied(clients, sharing);
        assertThat(offset(clients, sharing, topic).lag()).hasValue(0L);

        set(clients, sharing, topic, 4);

        assertThat(offset(clients, sharing, topic).startOffset()).isEqualTo(4);
        assertThat(offset(clients, sharing, topic).lag()).hasValue(6L);
        var again = sharing.consumer(topic);
        assertThat(Sharing.values(Sharing.take(again, 6))).isEqualTo(numbered(4, 10));
    }

    @Test
    void offsetsThatAreDeletedAreFoundAnew(Clients clients) {
        var topic = clients.topic("forgotten", 1);
        var sharing = Sharing.of(clients, "forgotten");
        var _ = clients.write(topic, 0, numbered(3));
        var consumer = sharing.consumer(topic);
        var _ = Sharing.take(consumer, 3);
        consumer.commitSync();
        consumer.close();
        emptied(clients, sharing);

        var _ = done(clients.admin().deleteShareGroupOffsets(sharing.group(), Set.of(topic)).all());

        assertThat(offsets(clients, sharing)).isEmpty();
        var again = sharing.consumer(topic);
        assertThat(Sharing.values(Sharing.take(again, 3))).isEqualTo(numbered(3));
    }

    @Test
    void aDeletedTopicIsNoPartOfTheGroupAnyMore(Clients clients) {
        var topic = clients.topic("gone", 1);
        var sharing = Sharing.of(clients, "gone");
        var _ = clients.write(topic, 0, numbered(3));
        var consumer = sharing.consumer(topic);
        var _ = Sharing.take(consumer, 3);

        var _ = done(clients.admin().deleteTopics(List.of(topic)).all());

        Until.holds("the group has forgotten it", () -> offsets(clients, sharing).isEmpty());
    }

    @Test
    void settingsOfAGroupAreShownWithTheirSources(Clients clients) {
        var sharing = Sharing.of(clients, "configured");
        var resource = new ConfigResource(ConfigResource.Type.GROUP, sharing.group());

        var config = clients.config(resource);

        assertThat(config.get("share.auto.offset.reset").value()).isEqualTo("earliest");
        assertThat(config.get("share.record.lock.duration.ms").value()).isEqualTo("30000");
        assertThat(config.get("share.delivery.count.limit").value()).isEqualTo("5");
        assertThat(config.get("share.isolation.level").value()).isEqualTo("read_uncommitted");
    }

    private static ShareGroupDescription describe(Clients clients, Sharing sharing) {
        return at(
                done(clients.admin().describeShareGroups(List.of(sharing.group())).all()),
                sharing.group());
    }

    private static boolean exists(Clients clients, Sharing sharing) {
        return done(clients.admin().listGroups().all()).stream()
                .anyMatch(group -> group.groupId().equals(sharing.group()));
    }

    private static void emptied(Clients clients, Sharing sharing) {
        Until.holds(
                "the group has no members",
                () -> describe(clients, sharing).groupState() == GroupState.EMPTY);
    }

    private static void set(Clients clients, Sharing sharing, String topic, long offset) {
        var _ =
                done(
                        clients.admin()
                                .alterShareGroupOffsets(
                                        sharing.group(),
                                        Map.of(new TopicPartition(topic, 0), offset))
                                .all());
    }

    private static SharePartitionOffsetInfo offset(Clients clients, Sharing sharing, String topic) {
        return at(offsets(clients, sharing), new TopicPartition(topic, 0));
    }

    private static Map<TopicPartition, SharePartitionOffsetInfo> offsets(
            Clients clients, Sharing sharing) {
        return at(
                done(
                        clients.admin()
                                .listShareGroupOffsets(
                                        Map.of(sharing.group(), new ListShareGroupOffsetsSpec()))
                                .all()),
                sharing.group());
    }
}
