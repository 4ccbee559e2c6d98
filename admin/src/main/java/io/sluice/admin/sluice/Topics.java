package io.sluice.admin.sluice;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Asks;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Topic;
import io.sluice.broker.policy.PolicyLayers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Topics made, changed and deleted, as the admin API and the definitions file want it.
public final class Topics {
    private static final int PARTITIONS_MAX = 10_000;

    private final ManagementServices services;
    private final TopicRules rules;

    public Topics(ManagementServices services, TopicRules rules) {
        this.services = services;
        this.rules = rules;
    }

    /// Those that Kafka clients see, and that the broker does not keep for itself.
    List<Topic> all() {
        return services.broker().catalog().topics().stream()
                .filter(topic -> !topic.name().contains("\u0000"))
                .filter(topic -> !rules.isInternal(topic.name()))
                .toList();
    }

    Topic existing(String name) {
        return find(name).orElseThrow(() -> Problem.NOT_FOUND.ends("no topic '" + name + "'"));
    }

    private Optional<Topic> find(String name) {
        return services.broker().catalog().topic(name);
    }

    /// What stands among the topic's configs, and what holds for all queues on it that say nothing else.
    static PolicyLayers layers(Topic topic) {
        return PolicyLayers.of(Map.of(), Map.of(), Map.of(), topic.config(), Map.of());
    }

    /// Makes the topic, or makes one that is there what is wished: `{partitions?, config?, policy?}`. A policy is the same as the configs of its names.
    ///
    /// @return true when it is new
    public CompletableFuture<Boolean> put(String name, JsonObject wish) {
        var sent = new Sent(wish).only(List.of("partitions", "config", "policy"));
        var partitions = sent.count("partitions");
        var present = find(name);
        var config = config(sent, present);
        if (present.isPresent()) {
            demandOwn(name);
            return change(present.get(), partitions, config).thenApply(_ -> false);
        }
        demandNone(rules.ofName(name, services.broker().catalog()));
        demandNone(rules.ofConfig(Map.of(), config.orElse(Map.of())));
        return services.asks()
                .change(
                        new CatalogChange.CreateTopic(
                                services.newId(),
                                name,
                                partitions.orElse(1),
                                config.orElse(Map.of())))
                .thenApply(_ -> true)
                .exceptionallyCompose(
                        failure ->
                                Asks.refusal(failure) instanceof BrokerError.TopicExists
                                        ? put(name, wish)
                                        : CompletableFuture.failedFuture(failure));
    }

    private static Optional<Map<String, String>> config(Sent sent, Optional<Topic> present) {
        var config = sent.texts("config");
        var policy = sent.child("policy").map(SettingChanges::ofTopic);
        return policy.isEmpty()
                ? config
                : Optional.of(
                        policy.get()
                                .appliedToConfig(
                                        config.or(() -> present.map(Topic::config))
                                                .orElse(Map.of())));
    }

    private CompletableFuture<?> change(
            Topic topic, Optional<Integer> partitions, Optional<Map<String, String>> config) {
        int total = partitions.orElse(topic.partitions());
        if (total < topic.partitions() || total > PARTITIONS_MAX) {
            throw Problem.WRONG_SETTING.ends(
                    "the topic '%s' has %d partitions, which can become more, up to %d, but not %d"
                            .formatted(topic.name(), topic.partitions(), PARTITIONS_MAX, total));
        }
        var wanted = config.orElse(topic.config());
        return configure(topic, wanted)
                .thenCompose(
                        done ->
                                total == topic.partitions()
                                        ? CompletableFuture.completedFuture(done)
                                        : services.asks()
                                                .change(
                                                        new CatalogChange.GrowTopic(
                                                                topic.id(), total))
                                                .thenApply(_ -> done));
    }

    /// What is the queue's that it came with, and nobody else's, stays.
    private CompletableFuture<Boolean> configure(Topic topic, Map<String, String> wanted) {
        var all = new HashMap<>(wanted);
        var retention = topic.config().get("sluice.retention");
        if (retention != null) {
            all.putIfAbsent("sluice.retention", retention);
        }
        demandNone(rules.ofConfig(topic.config(), all));
        return all.equals(topic.config())
                ? CompletableFuture.completedFuture(true)
                : services.asks()
                        .change(new CatalogChange.ConfigureTopic(topic.id(), all))
                        .thenApply(_ -> true);
    }

    /// Sets some of the topic's policy, takes some away.
    CompletableFuture<?> changePolicy(String name, JsonObject wish) {
        var topic = existing(name);
        demandOwn(name);
        return configure(topic, SettingChanges.ofTopic(wish).appliedToConfig(topic.config()));
    }

    CompletableFuture<?> delete(String name) {
        var topic = existing(name);
        demandOwn(name);
        return services.asks().change(new CatalogChange.DeleteTopic(topic.id()));
    }

    private void demandOwn(String name) {
        if (rules.isInternal(name)) {
            throw Problem.CONFLICT.ends("the broker keeps the topic '" + name + "' for itself");
        }
    }

    private static void demandNone(Optional<String> mistake) {
        if (mistake.isPresent()) {
            throw Problem.WRONG_SETTING.ends(mistake.get());
        }
    }
}
