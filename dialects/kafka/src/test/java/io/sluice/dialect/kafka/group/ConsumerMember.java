package io.sluice.dialect.kafka.group;

import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatResponse;

/// A client of the consumer group protocol (KIP-848), which owns at once what it is assigned and says so.
final class ConsumerMember {
    private final GroupFixture groups;
    private final String group;
    private final String topic;
    private final String id = Uuid.randomUuid().toString();
    private int epoch;
    private List<TopicPartitions> owned = List.of();

    ConsumerMember(GroupFixture groups, String group, String topic) {
        this.groups = groups;
        this.group = group;
        this.topic = topic;
    }

    String id() {
        return id;
    }

    /// The partitions that it owns.
    List<Integer> owned() {
        return owned.stream()
                .flatMap(partitions -> partitions.partitions().stream())
                .sorted()
                .toList();
    }

    ConsumerGroupHeartbeatResponseData heartbeat() {
        var request =
                new ConsumerGroupHeartbeatRequestData()
                        .setGroupId(group)
                        .setMemberId(id)
                        .setMemberEpoch(epoch)
                        .setTopicPartitions(owned);
        if (epoch == 0) {
            request.setRebalanceTimeoutMs(10_000).setSubscribedTopicNames(List.of(topic));
        }
        var answer =
                groups.ask(
                                new ConsumerGroupHeartbeatRequest.Builder(request),
                                1,
                                ConsumerGroupHeartbeatResponse.class)
                        .data();
        if (answer.errorCode() == Errors.NONE.code()) {
            epoch = answer.memberEpoch();
            if (answer.assignment() != null) {
                owned =
                        answer.assignment().topicPartitions().stream()
                                .map(
                                        assigned ->
                                                new TopicPartitions()
                                                        .setTopicId(assigned.topicId())
                                                        .setPartitions(assigned.partitions()))
                                .toList();
            }
        }
        return answer;
    }
}
