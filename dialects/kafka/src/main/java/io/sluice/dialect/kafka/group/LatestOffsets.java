package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.server.util.PartitionMetadataClient;

/// Where partitions end: Kafka's coordinator asks to tell the lag of share groups.
final class LatestOffsets implements PartitionMetadataClient {
    private final Broker broker;

    LatestOffsets(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Map<TopicPartition, CompletableFuture<OffsetResponse>> listLatestOffsets(
            Set<TopicPartition> partitions) {
        var answers = new HashMap<TopicPartition, CompletableFuture<OffsetResponse>>();
        partitions.forEach(partition -> answers.put(partition, latest(partition)));
        return answers;
    }

    private CompletableFuture<OffsetResponse> latest(TopicPartition partition) {
        var answer = new CompletableFuture<OffsetResponse>();
        broker.catalog()
                .topic(partition.topic())
                .ifPresentOrElse(
                        topic ->
                                broker.offset(
                                        topic.partition(partition.partition()),
                                        new OffsetQuery.Latest(),
                                        into(answer)),
                        () ->
                                answer.complete(
                                        new OffsetResponse(-1, Errors.UNKNOWN_TOPIC_OR_PARTITION)));
        return answer;
    }

    private static Reply<OffsetQuery.Answer> into(CompletableFuture<OffsetResponse> answer) {
        return new Reply<>() {
            @Override
            public void done(OffsetQuery.Answer found) {
                answer.complete(new OffsetResponse(found.offset(), Errors.NONE));
            }

            @Override
            public void refused(BrokerError error) {
                answer.complete(new OffsetResponse(-1, KafkaErrors.of(error)));
            }
        };
    }

    @Override
    public void close() {}
}
