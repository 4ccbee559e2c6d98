package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Arguments;
import io.sluice.admin.management.Asks;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Topic;
import io.sluice.broker.policy.PolicyAttributes;
import io.sluice.broker.policy.PolicyCheck;
import io.sluice.broker.policy.PolicySource;
import io.sluice.broker.policy.PolicyValues;
import io.sluice.broker.queue.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Queues made, changed and deleted, as the admin API and the definitions file want it.
public final class Queues {
    private static final String TOPIC = "x-sluice-topic";

    private final ManagementServices services;

    public Queues(ManagementServices services) {
        this.services = services;
    }

    /// The queue in a call's path.
    Queue existing(Call call) {
        var namespace = call.variable("namespace");
        var name = call.variable("name");
        return find(namespace, name)
                .orElseThrow(
                        () ->
                                Problem.NOT_FOUND.ends(
                                        "no queue '%s' in namespace '%s'"
                                                .formatted(name, namespace)));
    }

    Answer missing(Queue queue) {
        return Problem.NOT_FOUND.answer(
                "no queue '%s' in namespace '%s'".formatted(queue.name(), queue.namespace()));
    }

    private Optional<Queue> find(String namespace, String name) {
        return services.broker().catalog().queue(namespace, name);
    }

    /// Makes the queue, or makes one that is there what is wished: `{topic?, partitions?, arguments?, policy?}`. A policy is all that is set afterwards;
    /// without one that of a present queue stays.
    ///
    /// @return true when it is new
    public CompletableFuture<Boolean> put(String namespace, String name, JsonObject wish) {
        var sent = new Sent(wish).only(List.of("topic", "partitions", "arguments", "policy"));
        var policy = sent.child("policy").map(SettingChanges::ofQueue);
        var partitions = sent.count("partitions");
        var wanted = wanted(namespace, name, sent, policy);
        var present = find(namespace, name);
        if (present.isPresent()) {
            demandNone(services.rules().ofSame(wanted, present.get()));
            demandSameTopic(sent, present.get());
            return policy.map(changes -> replacePolicy(present.get(), changes))
                    .orElseGet(() -> CompletableFuture.completedFuture(true))
                    .thenCompose(_ -> grow(present.get(), partitions))
                    .thenApply(_ -> false);
        }
        demandNone(services.rules().ofNew(wanted));
        return services.asks()
                .change(new CatalogChange.DeclareQueue(wanted))
                .thenCompose(
                        catalog -> grow(catalog.queue(namespace, name).orElse(wanted), partitions))
                .thenApply(_ -> true)
                .exceptionallyCompose(
                        failure ->
                                Asks.refusal(failure) instanceof BrokerError.QueueExists
                                        ? put(namespace, name, wish)
                                        : CompletableFuture.failedFuture(failure));
    }

    private Queue wanted(
            String namespace, String name, Sent sent, Optional<SettingChanges> policy) {
        if (!services.broker().catalog().namespaces().contains(namespace)) {
            throw Problem.NOT_FOUND.ends("no namespace '" + namespace + "'");
        }
        if (name.isEmpty() || name.startsWith("amq.")) {
            throw Problem.INVALID.ends("the name '" + name + "' is the broker's own");
        }
        var arguments = sent.child("arguments").map(Arguments::texts).orElse(Map.of());
        var topic = topic(sent);
        var changes = policy.orElse(new SettingChanges(Map.of()));
        check(changes.appliedTo(PolicyValues.NONE), PolicyValues.ofArguments(arguments));
        return new Queue(
                services.newId(),
                namespace,
                name,
                topic.map(Topic::id).orElseGet(services::newId),
                topic.isEmpty(),
                true,
                false,
                false,
                arguments,
                PolicyAttributes.of(changes.changes()).set(),
                services.clock().millis());
    }

    private Optional<Topic> topic(Sent sent) {
        return sent.text("topic")
                .or(() -> sent.child("arguments").flatMap(arguments -> arguments.text(TOPIC)))
                .map(
                        name ->
                                services.broker()
                                        .catalog()
                                        .topic(name)
                                        .orElseThrow(
                                                () ->
                                                        Problem.NOT_FOUND.ends(
                                                                "no topic '" + name + "'")));
    }

    private void demandSameTopic(Sent sent, Queue present) {
        var wanted = topic(sent);
        if (wanted.isPresent() && !wanted.get().id().equals(present.topic())) {
            throw Problem.CONFLICT.ends(
                    "the queue '%s' is there and gets another topic's messages"
                            .formatted(present.name()));
        }
    }

    private CompletableFuture<?> grow(Queue queue, Optional<Integer> partitions) {
        var topic = services.broker().catalog().topic(queue.topic());
        if (partitions.isEmpty() || topic.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        int present = topic.get().partitions();
        if (partitions.get() < present) {
            throw Problem.CONFLICT.ends(
                    "the topic of the queue '%s' has %d partitions and cannot have fewer"
                            .formatted(queue.name(), present));
        }
        return partitions.get() == present
                ? CompletableFuture.completedFuture(true)
                : services.asks()
                        .change(new CatalogChange.GrowTopic(topic.get().id(), partitions.get()));
    }

    /// Sets some of the policy, takes some away.
    CompletableFuture<?> changePolicy(Queue queue, JsonObject wish) {
        return change(queue, SettingChanges.ofQueue(wish));
    }

    /// These are all that is set for the queue itself.
    CompletableFuture<?> replacePolicy(Queue queue, JsonObject wish) {
        return replacePolicy(queue, SettingChanges.ofQueue(wish));
    }

    private CompletableFuture<Boolean> replacePolicy(Queue queue, SettingChanges wish) {
        return change(
                queue,
                wish.replacing(
                        services.broker()
                                .catalog()
                                .settings(queue)
                                .layers()
                                .at(PolicySource.ATTRIBUTE)));
    }

    private CompletableFuture<Boolean> change(Queue queue, SettingChanges wish) {
        var layers = services.broker().catalog().settings(queue).layers();
        check(
                wish.appliedTo(layers.at(PolicySource.ATTRIBUTE)),
                layers.below(PolicySource.ATTRIBUTE));
        var change = PolicyAttributes.of(wish.changes());
        return services.asks()
                .change(
                        new CatalogChange.AdjustQueue(
                                queue.id(), change.set(), change.removed(), Map.of()))
                .thenApply(_ -> true);
    }

    CompletableFuture<?> delete(Queue queue, boolean ifUnused, boolean ifEmpty) {
        return services.asks()
                .<Long>ask(
                        reply ->
                                services.broker()
                                        .queues()
                                        .delete(queue.id(), ifUnused, ifEmpty, reply));
    }

    private static void check(PolicyValues values, PolicyValues weaker) {
        demandNone(PolicyCheck.problem(values, weaker));
    }

    private static void demandNone(Optional<String> mistake) {
        if (mistake.isPresent()) {
            throw Problem.WRONG_SETTING.ends(mistake.get());
        }
    }
}
