package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.partitions;
import static io.sluice.conformance.support.Clients.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Member;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Groups of both protocols, with the members doing what they do in production: come, go, and die.
@Conformance
class ConsumerGroupsTest {
    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void twoMembersShareAllPartitions(GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("shared", 6);
        var group = clients.name("two");
        var members = join(clients, group, topic, 2, settings(protocol));

        awaitShared(members, topic, 6, 3);
        var values = fill(clients, topic, 6, "first");

        awaitReceivedOnce(members, values);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void fiveMembersComeAndGoAndEveryRecordReachesOneOfThemOnce(
            GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("five", 10);
        var group = clients.name("five");
        var members = new ArrayList<>(join(clients, group, topic, 2, settings(protocol)));
        awaitShared(members, topic, 10, 5);
        var values = new ArrayList<>(fill(clients, topic, 10, "two members"));

        members.addAll(join(clients, group, topic, 3, settings(protocol)));
        values.addAll(fill(clients, topic, 10, "while three more come"));
        awaitShared(members, topic, 10, 2);

        members.get(0).leave();
        members.get(3).leave();
        values.addAll(fill(clients, topic, 10, "while two leave"));
        awaitShared(List.of(members.get(1), members.get(2), members.get(4)), topic, 10, 4);

        awaitReceivedOnce(members, values);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void aMemberThatVanishesIsReplacedWhenItsSessionEnds(GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("vanish", 4);
        var group = clients.name("vanish");
        var members = join(clients, group, topic, 2, settings(protocol));
        awaitShared(members, topic, 4, 2);

        members.get(0).vanish();
        // Six seconds in a classic group; 45, the least that a broker allows by default, in the
        // other.
        awaitShared(List.of(members.get(1)), topic, 4, 4);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void aGroupResumesBehindItsLastCommit(GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("resume", 1);
        var group = clients.name("resume");
        var partition = new TopicPartition(topic, 0);
        var _ = clients.write(topic, 0, List.of("a", "b", "c", "d"));
        var settings = new HashMap<String, Object>(settings(protocol));
        settings.put("group.id", group);

        try (var first = clients.consumer(settings)) {
            first.subscribe(List.of(topic));
            assertThat(Reading.next(first, 4)).hasSize(4);
            first.commitSync(Map.of(partition, new OffsetAndMetadata(2, "half way")));
            assertThat(first.committed(Set.of(partition)))
                    .hasEntrySatisfying(
                            partition, at -> assertThat(at.metadata()).isEqualTo("half way"));
        }

        var second = clients.consumer(settings);
        second.subscribe(List.of(topic));
        assertThat(Reading.next(second, 2))
                .extracting(ConsumerRecord::value)
                .containsExactly("c", "d");
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void aStaticMemberComesBackToItsPartitionsWithoutARebalance(
            GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("static", 4);
        var group = clients.name("static");
        var stays =
                Member.joining(clients, group, topic, withInstance(settings(protocol), "stays"));
        var restarts =
                Member.joining(clients, group, topic, withInstance(settings(protocol), "restarts"));
        awaitShared(List.of(stays, restarts), topic, 4, 2);
        var held = restarts.assignment();
        var before = stays.revocations();

        restarts.vanish();
        var again =
                Member.joining(clients, group, topic, withInstance(settings(protocol), "restarts"));

        Until.holds(
                "the static member has its partitions back", () -> again.assignment().equals(held));
        assertThat(stays.revocations()).isEqualTo(before);
    }

    @Test
    void theCooperativeAssignorTakesAwayOnlyWhatMoves(Clients clients) {
        var topic = clients.topic("cooperative", 6);
        var group = clients.name("cooperative");
        var settings = new HashMap<>(settings(GroupProtocol.CLASSIC));
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        var first = Member.joining(clients, group, topic, settings);
        awaitShared(List.of(first), topic, 6, 6);
        var before = fill(clients, topic, 6, "one member");

        var second = Member.joining(clients, group, topic, settings);
        awaitShared(List.of(first, second), topic, 6, 3);
        var after = fill(clients, topic, 6, "two members");

        assertThat(first.revocations()).isEqualTo(3);
        var values = new ArrayList<>(before);
        values.addAll(after);
        awaitReceivedOnce(List.of(first, second), values);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void aGroupFollowsItsTopicWhenItGrows(GroupProtocol protocol, Clients clients) {
        var topic = clients.topic("growing", 2);
        var group = clients.name("growing");
        var settings = new HashMap<>(settings(protocol));
        settings.put("metadata.max.age.ms", "500");
        var members = join(clients, group, topic, 2, settings);
        awaitShared(members, topic, 2, 1);

        done(clients.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(6))).all());

        awaitShared(members, topic, 6, 3);
        awaitReceivedOnce(members, fill(clients, topic, 6, "grown"));
    }

    static Map<String, Object> settings(GroupProtocol protocol) {
        return protocol == GroupProtocol.CLASSIC
                ? Map.of(
                        "group.protocol",
                        "classic",
                        "session.timeout.ms",
                        "6000",
                        "heartbeat.interval.ms",
                        "500")
                : Map.of("group.protocol", "consumer");
    }

    private static Map<String, Object> withInstance(Map<String, Object> settings, String instance) {
        var all = new HashMap<>(settings);
        all.put("group.instance.id", instance);
        return all;
    }

    static List<Member> join(
            Clients clients, String group, String topic, int count, Map<String, Object> settings) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Member.joining(clients, group, topic, settings))
                .toList();
    }

    /// Waits until every partition of `topic` has exactly one owner, and no member more than `most` of them.
    static void awaitShared(List<Member> members, String topic, int count, int most) {
        var expected = partitions(topic, count);
        Until.holds(
                "the partitions are shared out",
                Until.PATIENCE,
                () -> {
                    var owned =
                            members.stream()
                                    .flatMap(member -> member.assignment().stream())
                                    .toList();
                    return owned.size() == count
                            && new HashSet<>(owned).containsAll(expected)
                            && members.stream()
                                    .allMatch(member -> member.assignment().size() <= most);
                },
                () -> members.stream().map(Member::assignment).toList().toString());
    }

    static void awaitReceivedOnce(List<Member> members, List<String> values) {
        Until.holds(
                "every record has reached a member",
                Until.PATIENCE,
                () -> received(members).size() >= values.size(),
                () -> received(members).size() + " of " + values.size());
        assertThat(received(members)).containsExactlyInAnyOrderElementsOf(values);
    }

    private static List<String> received(List<Member> members) {
        return members.stream().flatMap(member -> member.receivedValues().stream()).toList();
    }

    static List<String> fill(Clients clients, String topic, int partitions, String what) {
        var records = new ArrayList<ProducerRecord<String, String>>();
        for (var index = 0; index < partitions; index++) {
            for (var i = 0; i < 20; i++) {
                records.add(new ProducerRecord<>(topic, index, null, what + " " + index + " " + i));
            }
        }
        try (var producer = clients.producer(Map.of())) {
            var _ = send(producer, records);
        }
        return records.stream().map(ProducerRecord::value).toList();
    }
}
