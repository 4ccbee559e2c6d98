package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.config.TopicConfigs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;

/// DeleteRecords (21): everything before an offset goes, or everything that is there (-1).
final class DeleteRecordsHandler implements RequestHandler {
    private static final long EVERYTHING = DeleteRecordsRequest.HIGH_WATERMARK;

    private final Broker broker;
    private final TopicConfigs configs;

    DeleteRecordsHandler(Broker broker, TopicConfigs configs) {
        this.broker = broker;
        this.configs = configs;
    }

    private record Wish(TopicPartition partition, long offset) {}

    private record Result(TopicPartition partition, long lowWatermark, Errors error) {}

    @Override
    public void handle(Request request, Responder responder) {
        Gather.<Wish, Result>all(
                wishes(request.body(DeleteRecordsRequest.class).data()),
                this::delete,
                results -> responder.answer(response(results)));
    }

    /// One wish per partition; of two for the same one, the last counts.
    private static List<Wish> wishes(DeleteRecordsRequestData data) {
        var wishes = new LinkedHashMap<TopicPartition, Wish>();
        data.topics()
                .forEach(
                        topic ->
                                topic.partitions()
                                        .forEach(
                                                partition -> {
                                                    var id =
                                                            new TopicPartition(
                                                                    topic.name(),
                                                                    partition.partitionIndex());
                                                    wishes.put(
                                                            id, new Wish(id, partition.offset()));
                                                }));
        return List.copyOf(wishes.values());
    }

    private void delete(Wish wish, Consumer<Result> answer) {
        var topic =
                broker.catalog()
                        .topic(wish.partition().topic())
                        .filter(
                                found ->
                                        0 <= wish.partition().partition()
                                                && wish.partition().partition()
                                                        < found.partitions());
        var refusal = refusal(wish, topic);
        if (refusal.isPresent()) {
            answer.accept(refused(wish, refusal.get()));
            return;
        }
        topic.ifPresent(
                found ->
                        broker.deleteRecords(
                                found.partition(wish.partition().partition()),
                                wish.offset(),
                                reply(wish, answer)));
    }

    private Optional<Errors> refusal(Wish wish, Optional<Topic> topic) {
        if (topic.isEmpty()) {
            return Optional.of(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
        if (TopicRules.internal(topic.get().name())) {
            return Optional.of(Errors.INVALID_TOPIC_EXCEPTION);
        }
        var config = configs.of(topic.get());
        if (config.compact && !config.delete) {
            return Optional.of(Errors.POLICY_VIOLATION);
        }
        return wish.offset() < EVERYTHING
                ? Optional.of(Errors.OFFSET_OUT_OF_RANGE)
                : Optional.empty();
    }

    private static Reply<Long> reply(Wish wish, Consumer<Result> answer) {
        return new Reply<>() {
            @Override
            public void done(Long startOffset) {
                answer.accept(new Result(wish.partition(), startOffset, Errors.NONE));
            }

            @Override
            public void refused(BrokerError error) {
                answer.accept(DeleteRecordsHandler.refused(wish, KafkaErrors.of(error)));
            }
        };
    }

    private static Result refused(Wish wish, Errors error) {
        return new Result(wish.partition(), DeleteRecordsResponse.INVALID_LOW_WATERMARK, error);
    }

    private static DeleteRecordsResponse response(List<Result> results) {
        Map<String, DeleteRecordsTopicResult> topics = new LinkedHashMap<>();
        for (var result : results) {
            topics.computeIfAbsent(
                            result.partition().topic(),
                            name -> new DeleteRecordsTopicResult().setName(name))
                    .partitions()
                    .add(
                            new DeleteRecordsPartitionResult()
                                    .setPartitionIndex(result.partition().partition())
                                    .setLowWatermark(result.lowWatermark())
                                    .setErrorCode(result.error().code()));
        }
        var data = new DeleteRecordsResponseData();
        data.topics().addAll(topics.values());
        return new DeleteRecordsResponse(data);
    }
}
