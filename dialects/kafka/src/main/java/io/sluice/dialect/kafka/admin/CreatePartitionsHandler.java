package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.CatalogChange.GrowTopic;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.CreatePartitionsResponse;

/// CreatePartitions (37). Partitions can be added, never taken away.
final class CreatePartitionsHandler implements RequestHandler {
    private final Broker broker;
    private final TopicRules rules;

    CreatePartitionsHandler(Broker broker, TopicRules rules) {
        this.broker = broker;
        this.rules = rules;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(CreatePartitionsRequest.class).data();
        Gather.<CreatePartitionsTopic, CreatePartitionsTopicResult>all(
                Duplicates.removed(data.topics(), CreatePartitionsTopic::name),
                (topic, answer) -> grow(topic, data, answer),
                results ->
                        responder.answer(
                                new CreatePartitionsResponse(
                                        new CreatePartitionsResponseData().setResults(results))));
    }

    private void grow(
            CreatePartitionsTopic wish,
            CreatePartitionsRequestData data,
            Consumer<CreatePartitionsTopicResult> answer) {
        Consumer<ApiError> done = error -> answer.accept(result(wish, error));
        if (data.topics().findAll(wish.name()).size() > 1) {
            done.accept(new ApiError(Errors.INVALID_REQUEST, "Duplicate topic name."));
            return;
        }
        switch (check(wish)) {
            case Checked.Refused<GrowTopic>(ApiError error) -> done.accept(error);
            case Checked.Good<GrowTopic> _ when data.validateOnly() -> done.accept(ApiError.NONE);
            case Checked.Good<GrowTopic>(GrowTopic change) ->
                    broker.change(change, new Outcome<>(done));
        }
    }

    private Checked<GrowTopic> check(CreatePartitionsTopic wish) {
        var topic = broker.catalog().topic(wish.name());
        if (topic.isEmpty()) {
            return Checked.refused(
                    Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.UNKNOWN_TOPIC_OR_PARTITION.message());
        }
        return refusal(wish, topic.get())
                .map(Checked::<GrowTopic>refused)
                .orElseGet(() -> Checked.good(new GrowTopic(topic.get().id(), wish.count())));
    }

    private Optional<ApiError> refusal(CreatePartitionsTopic wish, Topic topic) {
        if (TopicRules.internal(topic.name())) {
            return Optional.of(
                    new ApiError(
                            Errors.POLICY_VIOLATION,
                            "Which partition a group's offsets are in depends on how many '"
                                    + topic.name()
                                    + "' has."));
        }
        if (wish.count() == topic.partitions()) {
            return invalid("Topic already has " + topic.partitions() + " partition(s).");
        }
        if (wish.count() < topic.partitions()) {
            return invalid(
                    "The topic "
                            + topic.name()
                            + " currently has "
                            + topic.partitions()
                            + " partition(s); "
                            + wish.count()
                            + " would not be an increase.");
        }
        var added = wish.count() - topic.partitions();
        if (added > CreateTopicsHandler.PARTITIONS_MAX) {
            return invalid(
                    "At most "
                            + CreateTopicsHandler.PARTITIONS_MAX
                            + " partitions can be added at once.");
        }
        return wish.assignments() == null ? Optional.empty() : assignmentRefusal(wish, added);
    }

    private Optional<ApiError> assignmentRefusal(CreatePartitionsTopic wish, int added) {
        var assignments = Objects.requireNonNull(wish.assignments());
        if (assignments.size() != added) {
            return TopicRules.assignmentRefusal(
                    "Attempted to add "
                            + added
                            + " additional partition(s), but only "
                            + assignments.size()
                            + " assignment(s) were specified.");
        }
        return assignments.stream()
                .flatMap(assignment -> rules.assignmentRefusal(assignment.brokerIds()).stream())
                .findFirst();
    }

    private static Optional<ApiError> invalid(String message) {
        return Optional.of(new ApiError(Errors.INVALID_PARTITIONS, message));
    }

    private static CreatePartitionsTopicResult result(CreatePartitionsTopic wish, ApiError error) {
        return new CreatePartitionsTopicResult()
                .setName(wish.name())
                .setErrorCode(error.error().code())
                .setErrorMessage(error.message());
    }
}
