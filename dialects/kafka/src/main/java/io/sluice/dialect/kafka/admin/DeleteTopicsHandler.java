package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange.DeleteTopic;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResultCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsResponse;
import org.jspecify.annotations.Nullable;

/// DeleteTopics (20), by name and, from version 6 on, by id. Each topic of a request succeeds or fails for itself.
final class DeleteTopicsHandler implements RequestHandler {
    private final Broker broker;

    DeleteTopicsHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var wishes = new ArrayList<Wish>();
        counted(request.body(DeleteTopicsRequest.class).data())
                .forEach((topic, times) -> wishes.add(wish(topic, times, broker.catalog())));
        Gather.<Wish, DeletableTopicResult>all(
                withoutSameTopicTwice(wishes),
                this::delete,
                results -> responder.answer(response(results)));
    }

    /// What is asked for, as both versions of the request say it, and how often.
    private static Map<DeleteTopicState, Integer> counted(DeleteTopicsRequestData data) {
        var counted = new LinkedHashMap<DeleteTopicState, Integer>();
        data.topics().forEach(topic -> counted.merge(topic, 1, Integer::sum));
        data.topicNames()
                .forEach(
                        name ->
                                counted.merge(
                                        new DeleteTopicState().setName(name), 1, Integer::sum));
        return counted;
    }

    /// @param refusal set when there is nothing to delete
    private record Wish(DeleteTopicState asked, Optional<Topic> topic, Optional<ApiError> refusal) {
        static Wish of(DeleteTopicState asked, Topic topic) {
            return new Wish(asked, Optional.of(topic), Optional.empty());
        }

        static Wish refused(DeleteTopicState asked, Errors error, String message) {
            return new Wish(asked, Optional.empty(), Optional.of(new ApiError(error, message)));
        }

        Optional<UUID> id() {
            return topic.map(Topic::id);
        }
    }

    private static Wish wish(DeleteTopicState asked, int times, Catalog catalog) {
        var byName = asked.name() != null;
        var byId = !asked.topicId().equals(Uuid.ZERO_UUID);
        if (byName && byId) {
            return Wish.refused(
                    asked,
                    Errors.INVALID_REQUEST,
                    "You may not specify both topic name and topic id.");
        }
        if (!byName && !byId) {
            return Wish.refused(
                    asked, Errors.INVALID_REQUEST, "Neither topic name nor id were specified.");
        }
        if (times > 1) {
            return Wish.refused(
                    asked,
                    Errors.INVALID_REQUEST,
                    byName ? "Duplicate topic name." : "Duplicate topic id.");
        }
        var found =
                byName
                        ? catalog.topic(asked.name())
                        : catalog.topic(TopicIds.java(asked.topicId()));
        return found.map(topic -> allowed(asked, topic)).orElseGet(() -> unknown(asked, byName));
    }

    /// Without the topic that the groups' offsets are in, no group could go on; Kafka lets one delete it all the same.
    private static Wish allowed(DeleteTopicState asked, Topic topic) {
        return TopicRules.internal(topic.name())
                ? Wish.refused(
                        asked,
                        Errors.POLICY_VIOLATION,
                        "Topic '"
                                + topic.name()
                                + "' is kept by the broker for itself and cannot be deleted.")
                : Wish.of(asked, topic);
    }

    private static Wish unknown(DeleteTopicState asked, boolean byName) {
        return byName
                ? Wish.refused(
                        asked,
                        Errors.UNKNOWN_TOPIC_OR_PARTITION,
                        Errors.UNKNOWN_TOPIC_OR_PARTITION.message())
                : Wish.refused(asked, Errors.UNKNOWN_TOPIC_ID, Errors.UNKNOWN_TOPIC_ID.message());
    }

    /// A topic asked for by its name and by its id is deleted for neither.
    private static List<Wish> withoutSameTopicTwice(List<Wish> wishes) {
        var seen = new HashSet<UUID>();
        var twice = new HashSet<UUID>();
        wishes.forEach(wish -> wish.id().filter(id -> !seen.add(id)).ifPresent(twice::add));
        return wishes.stream()
                .map(
                        wish ->
                                wish.id().filter(twice::contains).isEmpty()
                                        ? wish
                                        : Wish.refused(
                                                wish.asked(),
                                                Errors.INVALID_REQUEST,
                                                "The provided topic name maps to an ID that was already supplied."))
                .toList();
    }

    private void delete(Wish wish, Consumer<DeletableTopicResult> answer) {
        wish.refusal()
                .ifPresent(
                        error ->
                                answer.accept(
                                        result(
                                                wish.asked().name(),
                                                wish.asked().topicId(),
                                                error)));
        wish.topic()
                .ifPresent(
                        topic ->
                                broker.change(
                                        new DeleteTopic(topic.id()),
                                        new Outcome<>(
                                                error ->
                                                        answer.accept(
                                                                result(
                                                                        topic.name(),
                                                                        TopicIds.kafka(topic.id()),
                                                                        error)))));
    }

    private static DeletableTopicResult result(@Nullable String name, Uuid id, ApiError error) {
        return new DeletableTopicResult()
                .setName(name)
                .setTopicId(id)
                .setErrorCode(error.error().code())
                .setErrorMessage(error.message());
    }

    private static DeleteTopicsResponse response(List<DeletableTopicResult> results) {
        return new DeleteTopicsResponse(
                new DeleteTopicsResponseData()
                        .setResponses(new DeletableTopicResultCollection(results.iterator())));
    }
}
