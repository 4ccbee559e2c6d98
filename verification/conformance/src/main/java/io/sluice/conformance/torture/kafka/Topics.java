package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/// What the broker has acknowledged about the topics that the administrator plays with. A topic of which an answer is missing is not in here.
final class Topics {
    /// A topic as it was acknowledged.
    record Told(Uuid id, int partitions, String retentionMillis) {}

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Told> existing = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private long operations;

    synchronized void exists(String name, Told told) {
        existing.put(name, told);
        operations++;
    }

    synchronized void isDeleted(String name) {
        existing.remove(name);
        deleted.add(name);
        operations++;
    }

    /// An operation on `name` may or may not come to pass.
    synchronized void isUncertain(String name) {
        existing.remove(name);
        deleted.remove(name);
    }

    synchronized Map<String, Told> existing() {
        return Map.copyOf(existing);
    }

    synchronized long operations() {
        return operations;
    }

    /// Checks all that is known, while the administrator rests. What changes last may show itself a moment later: Kafka's
    /// brokers hear of it from their controller.
    ///
    /// @throws Violation if a topic is not as it was acknowledged
    void verify(Admin admin) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                verifyNow(admin);
                return;
            } catch (Violation | ExecutionException wrong) {
                if (System.nanoTime() > deadline) {
                    throw wrong;
                }
            }
        }
    }

    private synchronized void verifyNow(Admin admin)
            throws ExecutionException, InterruptedException {
        var listed = admin.listTopics().names().get();
        for (var name : deleted) {
            if (listed.contains(name)) {
                throw new Violation(
                        Invariant.TOPICS_ARE_AS_TOLD, name + " was deleted and is back");
            }
        }
        for (var topic : existing.entrySet()) {
            if (!listed.contains(topic.getKey())) {
                throw new Violation(
                        Invariant.TOPICS_ARE_AS_TOLD, topic.getKey() + " was created and is gone");
            }
        }
        var described = admin.describeTopics(existing.keySet()).allTopicNames().get();
        for (var topic : existing.entrySet()) {
            var name = topic.getKey();
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
            var config = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
            var description = described.get(name);
            if (description == null || config == null) {
                throw new Violation(Invariant.TOPICS_ARE_AS_TOLD, name + " is not described");
            }
            var now =
                    new Told(
                            description.topicId(),
                            description.partitions().size(),
                            config.get("retention.ms").value());
            if (!now.equals(topic.getValue())) {
                throw new Violation(
                        Invariant.TOPICS_ARE_AS_TOLD,
                        name + " was acknowledged as " + topic.getValue() + ", is " + now);
            }
        }
    }
}
