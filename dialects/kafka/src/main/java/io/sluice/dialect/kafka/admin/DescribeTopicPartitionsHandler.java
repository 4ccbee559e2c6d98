package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsResponse;

/// DescribeTopicPartitions (75): partitions in pages, topics by name.
///
/// ```text
///   a-0 a-1 a-2 │ b-0 b-1 b-2 b-3 │ c-0
///   └── limit 4 ──────┘ └ next cursor: (b, 1)
/// ```
final class DescribeTopicPartitionsHandler implements RequestHandler {
    /// No page is larger, whatever a client asks for: Kafka's `max.request.partition.size.limit`.
    private static final int PAGE_MAX = 2000;

    private final Broker broker;

    DescribeTopicPartitionsHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(DescribeTopicPartitionsRequest.class).data();
        var catalog = broker.catalog();
        var names = names(data, catalog);
        var cursor = data.cursor();
        if (cursor != null && !data.topics().isEmpty() && !names.contains(cursor.topicName())) {
            responder.refuse(
                    Errors.INVALID_REQUEST.exception(
                            "DescribeTopicPartitionsRequest topic list should contain the cursor topic: "
                                    + cursor.topicName()));
        } else if (cursor != null && cursor.partitionIndex() < 0) {
            responder.refuse(
                    Errors.INVALID_REQUEST.exception(
                            "DescribeTopicPartitionsRequest cursor partition must be valid: "
                                    + cursor));
        } else {
            responder.answer(
                    new DescribeTopicPartitionsResponse(
                            page(names, data, catalog, request.node().id())));
        }
    }

    private static List<String> names(DescribeTopicPartitionsRequestData data, Catalog catalog) {
        var from = data.cursor() == null ? "" : data.cursor().topicName();
        var all =
                data.topics().isEmpty()
                        ? catalog.topics().stream().map(Topic::name)
                        : data.topics().stream().map(TopicRequest::name);
        return all.filter(name -> name.compareTo(from) >= 0).distinct().sorted().toList();
    }

    private static DescribeTopicPartitionsResponseData page(
            List<String> names,
            DescribeTopicPartitionsRequestData data,
            Catalog catalog,
            int node) {
        var page = new DescribeTopicPartitionsResponseData();
        var room = Math.clamp(data.responsePartitionLimit(), 1, PAGE_MAX);
        for (var name : names) {
            var first =
                    data.cursor() != null && name.equals(data.cursor().topicName())
                            ? data.cursor().partitionIndex()
                            : 0;
            if (room == 0) {
                return page.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(first));
            }
            var topic = catalog.topic(name);
            if (topic.isEmpty()) {
                page.topics().add(unknown(name));
                continue;
            }
            var end = Math.min((long) topic.get().partitions(), (long) first + room);
            page.topics().add(described(topic.get(), first, (int) Math.max(first, end), node));
            room -= (int) Math.max(0, end - first);
            if (end < topic.get().partitions()) {
                return page.setNextCursor(
                        new Cursor().setTopicName(name).setPartitionIndex((int) end));
            }
        }
        return page;
    }

    private static DescribeTopicPartitionsResponseTopic unknown(String name) {
        var error =
                TopicRules.nameRefusal(name).isPresent()
                        ? Errors.INVALID_TOPIC_EXCEPTION
                        : Errors.UNKNOWN_TOPIC_OR_PARTITION;
        return new DescribeTopicPartitionsResponseTopic().setName(name).setErrorCode(error.code());
    }

    private static DescribeTopicPartitionsResponseTopic described(
            Topic topic, int first, int end, int node) {
        return new DescribeTopicPartitionsResponseTopic()
                .setName(topic.name())
                .setTopicId(TopicIds.kafka(topic.id()))
                .setIsInternal(TopicRules.internal(topic.name()))
                .setPartitions(
                        IntStream.range(first, end)
                                .mapToObj(index -> described(index, node))
                                .toList());
    }

    private static DescribeTopicPartitionsResponsePartition described(int index, int node) {
        return new DescribeTopicPartitionsResponsePartition()
                .setPartitionIndex(index)
                .setLeaderId(node)
                .setLeaderEpoch(KafkaSettings.LEADER_EPOCH)
                .setReplicaNodes(List.of(node))
                .setIsrNodes(List.of(node))
                .setEligibleLeaderReplicas(List.of())
                .setLastKnownElr(List.of());
    }
}
