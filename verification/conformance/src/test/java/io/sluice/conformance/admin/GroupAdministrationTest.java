package io.sluice.conformance.admin;

import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Member;
import io.sluice.conformance.support.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Conformance
class GroupAdministrationTest {
    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void aGroupIsListedAndDescribedWithItsMembers(GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("described", 2);
        var group = clients.name("described");
        var member = member(clients, protocol, group, topic);
        Until.holds("the member has its partitions", () -> member.assignment().size() == 2);

        var described = describe(clients, group);

        var type = protocol == GroupProtocol.CLASSIC ? GroupType.CLASSIC : GroupType.CONSUMER;
        assertThat(described.type()).isEqualTo(type);
        assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
        assertThat(described.members()).hasSize(1);
        var only = described.members().iterator().next();
        assertThat(only.clientId()).startsWith("consumer-" + group);
        assertThat(only.host()).contains("127.0.0.1");
        assertThat(only.assignment().topicPartitions())
                .containsExactlyInAnyOrderElementsOf(Clients.partitions(topic, 2));
        assertThat(done(clients.admin().listGroups().all()))
                .filteredOn(listed -> listed.groupId().equals(group))
                .singleElement()
                .extracting(GroupListing::type)
                .isEqualTo(Optional.of(type));
    }

    @Test
    void offsetsOfAnEmptyGroupAreListedAlteredAndDeleted(Clients clients) {
        var topic = clients.topic("offsets", 2);
        var group = clients.name("offsets");
        var first = new TopicPartition(topic, 0);
        var second = new TopicPartition(topic, 1);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var admin = clients.admin();

        done(
                admin.alterConsumerGroupOffsets(
                                group,
                                Map.of(
                                        first,
                                        new OffsetAndMetadata(1, "by hand"),
                                        second,
                                        new OffsetAndMetadata(0)))
                        .all());
        assertThat(offsets(clients, group).get(first))
                .isEqualTo(new OffsetAndMetadata(1, "by hand"));

        done(admin.deleteConsumerGroupOffsets(group, Set.of(second)).all());
        assertThat(offsets(clients, group)).containsOnlyKeys(first);

        var consumer = clients.consumer(Map.of("group.id", group));
        consumer.subscribe(List.of(topic));
        assertThat(Reading.next(consumer, 2))
                .extracting(ConsumerRecord::value)
                .containsExactly("b", "c");
    }

    @Test
    void offsetsAreListedForChosenPartitionsWithNothingForUnknownOnes(Clients clients) {
        var topic = clients.topic("chosen", 2);
        var group = clients.name("chosen");
        var first = new TopicPartition(topic, 0);
        var second = new TopicPartition(topic, 1);
        done(
                clients.admin()
                        .alterConsumerGroupOffsets(group, Map.of(first, new OffsetAndMetadata(7)))
                        .all());

        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(first, second));
        var listed =
                done(
                        clients.admin()
                                .listConsumerGroupOffsets(Map.of(group, spec))
                                .partitionsToOffsetAndMetadata(group));

        assertThat(at(listed, first).offset()).isEqualTo(7);
        assertThat(listed).containsEntry(second, null);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void whatIsInUseIsNotTakenAway(GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("in-use", 1);
        var group = clients.name("in-use");
        var partition = new TopicPartition(topic, 0);
        var _ = clients.write(topic, 0, List.of("a"));
        var member = member(clients, protocol, group, topic);
        Until.holds(
                "the member has committed", () -> offsets(clients, group).containsKey(partition));
        var admin = clients.admin();

        assertThat(refusal(admin.deleteConsumerGroups(List.of(group)).all()))
                .isInstanceOf(GroupNotEmptyException.class);
        assertThat(
                        refusal(
                                admin.alterConsumerGroupOffsets(
                                                group, Map.of(partition, new OffsetAndMetadata(0)))
                                        .all()))
                .isInstanceOf(UnknownMemberIdException.class);
        assertThat(
                        refusal(
                                admin.deleteConsumerGroupOffsets(group, Set.of(partition))
                                        .partitionResult(partition)))
                .isInstanceOf(GroupSubscribedToTopicException.class);

        member.leave();
        Until.holds(
                "the group is empty",
                () -> describe(clients, group).groupState() == GroupState.EMPTY);
        done(admin.deleteConsumerGroups(List.of(group)).all());
        assertThat(refusal(admin.describeConsumerGroups(List.of(group)).all()))
                .isInstanceOf(GroupIdNotFoundException.class);
    }

    @Test
    void anUnknownGroupIsUnknown(Clients clients) {
        var none = clients.name("none");

        assertThat(refusal(clients.admin().describeConsumerGroups(List.of(none)).all()))
                .isInstanceOf(GroupIdNotFoundException.class);
        assertThat(refusal(clients.admin().deleteConsumerGroups(List.of(none)).all()))
                .isInstanceOf(GroupIdNotFoundException.class);
        assertThat(offsets(clients, none)).isEmpty();
    }

    private static Member member(
            Clients clients, GroupProtocol protocol, String group, String topic) {
        var settings = Map.of("group.protocol", protocol.name().toLowerCase(Locale.ROOT));
        return Member.joining(clients, group, topic, settings);
    }

    private static ConsumerGroupDescription describe(Clients clients, String group) {
        return at(done(clients.admin().describeConsumerGroups(List.of(group)).all()), group);
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Clients clients, String group) {
        return done(
                clients.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }
}
