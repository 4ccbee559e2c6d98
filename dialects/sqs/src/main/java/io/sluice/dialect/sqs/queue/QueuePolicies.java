package io.sluice.dialect.sqs.queue;

import io.sluice.broker.policy.NamesCheck;
import io.sluice.broker.policy.PolicyAttributes;
import io.sluice.broker.policy.PolicyCheck;
import io.sluice.broker.policy.PolicyLayers;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicySource;
import io.sluice.broker.policy.PolicyValues;
import io.sluice.dialect.sqs.protocol.QueueArn;
import io.sluice.dialect.sqs.protocol.RedrivePolicy;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The policy of a queue in SQS's words: RedrivePolicy and tags are views of it.
public final class QueuePolicies {
    private QueuePolicies() {}

    // ---- RedrivePolicy

    /// What holds, whoever has set it; empty when tries are not limited, or dead letters do not go to a queue.
    ///
    /// @param arn of a queue of that name
    public static Optional<RedrivePolicy> redrive(
            PolicyLayers layers, Function<String, QueueArn> arn) {
        var attempts = layers.value(PolicySetting.RETRY_MAX_ATTEMPTS);
        var target = layers.value(PolicySetting.DEAD_LETTER_QUEUE);
        return attempts.isPresent() && target.isPresent()
                ? Optional.of(
                        new RedrivePolicy(
                                arn.apply(target.get()), Integer.parseInt(attempts.get())))
                : Optional.empty();
    }

    /// A new queue's.
    static PolicyAttributes ofRedrive(Optional<RedrivePolicy> policy) {
        return policy.map(found -> PolicyAttributes.of(changes(found)))
                .orElseGet(() -> PolicyAttributes.of(Map.of()));
    }

    /// What is to change in a queue that gets the policy, or loses the one that it has, wherever that was set.
    public static Map<PolicySetting, Optional<String>> redriveChanges(
            Optional<RedrivePolicy> policy, PolicyLayers layers) {
        if (policy.isPresent()) {
            return changes(policy.get());
        }
        var weaker = layers.below(PolicySource.ATTRIBUTE);
        var changes = new EnumMap<PolicySetting, Optional<String>>(PolicySetting.class);
        for (var setting :
                new PolicySetting[] {
                    PolicySetting.RETRY_MAX_ATTEMPTS, PolicySetting.DEAD_LETTER_QUEUE
                }) {
            changes.put(setting, weaker.isGiven(setting) ? Optional.of("") : Optional.empty());
        }
        return changes;
    }

    private static Map<PolicySetting, Optional<String>> changes(RedrivePolicy policy) {
        return Map.of(
                PolicySetting.RETRY_MAX_ATTEMPTS,
                Optional.of(Integer.toString(policy.maxReceiveCount())),
                PolicySetting.DEAD_LETTER_QUEUE,
                Optional.of(policy.deadLetterTarget().name()));
    }

    // ---- tags

    static PolicyAttributes ofTags(Map<String, String> tags) {
        return PolicyAttributes.of(tagChanges(tags));
    }

    /// What is to change in a queue that gets these tags.
    public static Map<PolicySetting, Optional<String>> tagChanges(Map<String, String> tags) {
        var changes = new EnumMap<PolicySetting, Optional<String>>(PolicySetting.class);
        PolicyValues.ofTags(tags)
                .forEach((setting, value) -> changes.put(setting, Optional.of(value)));
        return changes;
    }

    /// What is to change in a queue that loses these tags.
    public static Map<PolicySetting, Optional<String>> untagChanges(Collection<String> keys) {
        var changes = new EnumMap<PolicySetting, Optional<String>>(PolicySetting.class);
        keys.forEach(
                key ->
                        PolicySetting.ofTag(key)
                                .ifPresent(setting -> changes.put(setting, Optional.empty())));
        return changes;
    }

    // ---- checks

    /// What is wrong with tags that somebody wants to set, in the face of what holds.
    public static Optional<String> problem(Map<String, String> tags, PolicyLayers layers) {
        return NamesCheck.TAGS
                .problem(tags, layers.values())
                .or(() -> problemOf(tagChanges(tags), layers));
    }

    /// What is wrong with the settings that a queue would have.
    public static Optional<String> problemOf(
            Map<PolicySetting, Optional<String>> changes, PolicyLayers layers) {
        var values = layers.at(PolicySource.ATTRIBUTE);
        for (var change : changes.entrySet()) {
            values = values.with(change.getKey(), change.getValue());
        }
        return PolicyCheck.problem(values, layers.below(PolicySource.ATTRIBUTE));
    }
}
