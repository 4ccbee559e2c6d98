package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.CatalogChange.CreateTopic;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResultCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;

/// CreateTopics (19). Each topic of a request succeeds or fails for itself.
final class CreateTopicsHandler implements RequestHandler {
    /// More partitions than this in one request are a mistake more likely than a wish; Kafka draws the same line.
    static final int PARTITIONS_MAX = 10_000;

    private final Broker broker;
    private final NewTopics newTopics;

    CreateTopicsHandler(Broker broker, NewTopics newTopics) {
        this.broker = broker;
        this.newTopics = newTopics;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(CreateTopicsRequest.class).data();
        if (newTopics.partitions(data.topics()) > PARTITIONS_MAX) {
            responder.refuse(
                    Errors.POLICY_VIOLATION.exception(
                            "Excessively large number of partitions per request: more than "
                                    + PARTITIONS_MAX));
            return;
        }
        Gather.<CreatableTopic, CreatableTopicResult>all(
                Duplicates.removed(data.topics(), CreatableTopic::name),
                (topic, answer) -> create(topic, data, answer),
                results -> responder.answer(response(results)));
    }

    private void create(
            CreatableTopic topic,
            CreateTopicsRequestData data,
            Consumer<CreatableTopicResult> answer) {
        if (data.topics().findAll(topic.name()).size() > 1) {
            answer.accept(
                    refused(
                            topic.name(),
                            new ApiError(Errors.INVALID_REQUEST, "Duplicate topic name.")));
            return;
        }
        switch (newTopics.check(topic, broker.catalog())) {
            case Checked.Refused<CreateTopic>(ApiError error) ->
                    answer.accept(refused(topic.name(), error));
            case Checked.Good<CreateTopic>(CreateTopic wish) -> {
                // Put together here, and not on the shard's thread once the topic is there.
                var created = newTopics.created(wish);
                if (data.validateOnly()) {
                    answer.accept(created);
                } else {
                    broker.change(
                            wish,
                            new Outcome<>(
                                    error ->
                                            answer.accept(
                                                    error.isSuccess()
                                                            ? created
                                                            : refused(topic.name(), error))));
                }
            }
        }
    }

    private static CreatableTopicResult refused(String name, ApiError error) {
        return new CreatableTopicResult()
                .setName(name)
                .setErrorCode(error.error().code())
                .setErrorMessage(error.messageWithFallback());
    }

    private static CreateTopicsResponse response(List<CreatableTopicResult> results) {
        return new CreateTopicsResponse(
                new CreateTopicsResponseData()
                        .setTopics(new CreatableTopicResultCollection(results.iterator())));
    }
}
