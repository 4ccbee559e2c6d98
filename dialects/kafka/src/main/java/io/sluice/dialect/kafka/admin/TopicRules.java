package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/// What Kafka asks of a topic's name and of where its replicas are, as a cluster of one broker sees it.
final class TopicRules {
    private final int node;

    /// @param node the number of this broker, the only one that a replica can be on
    TopicRules(int node) {
        this.node = node;
    }

    /// Why a topic cannot have that name at all.
    static Optional<ApiError> nameRefusal(String name) {
        try {
            org.apache.kafka.common.internals.Topic.validate(name);
            return Optional.empty();
        } catch (InvalidTopicException invalid) {
            return Optional.of(new ApiError(Errors.INVALID_TOPIC_EXCEPTION, invalid.getMessage()));
        }
    }

    /// Why a new topic cannot have that name now. Names that differ only in `.` and `_` would share their metrics' names,
    /// so Kafka takes the first of them only.
    static Optional<ApiError> newNameRefusal(String name, Catalog catalog) {
        var malformed = nameRefusal(name);
        if (malformed.isPresent()) {
            return malformed;
        }
        if (catalog.topic(name).isPresent()) {
            return Optional.of(
                    new ApiError(
                            Errors.TOPIC_ALREADY_EXISTS, "Topic '" + name + "' already exists."));
        }
        return colliding(name, catalog)
                .map(other -> "Topic '" + name + "' collides with existing topic: " + other)
                .map(message -> new ApiError(Errors.INVALID_TOPIC_EXCEPTION, message));
    }

    private static Optional<String> colliding(String name, Catalog catalog) {
        if (!org.apache.kafka.common.internals.Topic.hasCollisionChars(name)) {
            return Optional.empty();
        }
        return catalog.topics().stream()
                .map(Topic::name)
                .filter(other -> org.apache.kafka.common.internals.Topic.hasCollision(name, other))
                .findFirst();
    }

    /// Why the replicas of one partition cannot be on `brokers`.
    Optional<ApiError> assignmentRefusal(Collection<Integer> brokers) {
        if (brokers.isEmpty()) {
            return assignmentRefusal(
                    "The manual partition assignment includes an empty replica list.");
        }
        var strangers = brokers.stream().filter(broker -> broker != node).sorted().toList();
        if (!strangers.isEmpty()) {
            return assignmentRefusal(
                    "The manual partition assignment includes broker "
                            + strangers.getFirst()
                            + ", but no such broker is registered.");
        }
        if (brokers.size() > 1) {
            return assignmentRefusal(
                    "The manual partition assignment includes the broker "
                            + node
                            + " more than once.");
        }
        return Optional.empty();
    }

    static Optional<ApiError> assignmentRefusal(String message) {
        return Optional.of(new ApiError(Errors.INVALID_REPLICA_ASSIGNMENT, message));
    }

    /// The groups' offsets and other topics that the broker keeps for itself.
    static boolean internal(String name) {
        return org.apache.kafka.common.internals.Topic.isInternal(name);
    }

    /// For a log line or a message.
    static String listed(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
