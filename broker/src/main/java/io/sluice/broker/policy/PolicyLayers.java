package io.sluice.broker.policy;

import io.sluice.broker.queue.Queue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// All that was set for one queue, place by place, and which of it holds.
///
/// Where a place speaks by RabbitMQ's own names (`x-delivery-limit`, `x-dead-letter-exchange`), that is a setting of this table like any other:
/// see [ForeignNames].
public final class PolicyLayers {
    public static final PolicyLayers NONE = of(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /// @param named what was set by this table's names
    /// @param all with what other names mean
    private record Layer(PolicyValues named, PolicyValues all) {
        static final Layer EMPTY = new Layer(PolicyValues.NONE, PolicyValues.NONE);
    }

    /// What Kafka's share groups do when nobody says otherwise (`group.share.delivery.count.limit`).
    private static final PolicyValues OF_SHARE_GROUPS =
            PolicyValues.of(Map.of(PolicySetting.RETRY_MAX_ATTEMPTS, "5"));

    private final Map<PolicySource, Layer> layers = new EnumMap<>(PolicySource.class);

    private PolicyLayers() {}

    /// @param arguments,attributes by AMQP's names, values as JSON text
    /// @param policy by a RabbitMQ policy's names, values as JSON text
    /// @param topic,group by Kafka's names
    public static PolicyLayers of(
            Map<String, String> arguments,
            Map<String, String> attributes,
            Map<String, String> policy,
            Map<String, String> topic,
            Map<String, String> group) {
        var layers = new PolicyLayers();
        layers.add(
                PolicySource.ATTRIBUTE,
                PolicyValues.ofArguments(attributes),
                ForeignNames.ofArguments(attributes));
        layers.add(
                PolicySource.ARGUMENT,
                PolicyValues.ofArguments(arguments),
                ForeignNames.ofArguments(arguments, policy));
        layers.add(
                PolicySource.POLICY, PolicyValues.ofPolicy(policy), ForeignNames.ofPolicy(policy));
        layers.add(PolicySource.GROUP, ForeignNames.ofGroup(group), PolicyValues.NONE);
        layers.add(PolicySource.TOPIC, PolicyValues.ofKafka(topic), PolicyValues.NONE);
        if (attributes.containsKey(Queue.SHARE_GROUP)) {
            layers.add(PolicySource.DEFAULT, OF_SHARE_GROUPS, PolicyValues.NONE);
        }
        return layers;
    }

    private void add(PolicySource source, PolicyValues named, PolicyValues foreign) {
        if (!named.isEmpty() || !foreign.isEmpty()) {
            var all = ForeignNames.withFewerAttempts(named.over(foreign), foreign);
            layers.put(source, new Layer(named, all));
        }
    }

    private Layer layer(PolicySource source) {
        return layers.getOrDefault(source, Layer.EMPTY);
    }

    /// What was set in one place.
    public PolicyValues at(PolicySource source) {
        return layer(source).all();
    }

    /// What holds.
    public PolicyValues values() {
        var all = PolicyValues.NONE;
        for (var layer : layers.values()) {
            all = all.over(layer.all());
        }
        return all;
    }

    /// What would hold if nothing were set in that place, nor in stronger ones.
    public PolicyValues below(PolicySource source) {
        var all = PolicyValues.NONE;
        for (var layer : layers.entrySet()) {
            if (layer.getKey().compareTo(source) > 0) {
                all = all.over(layer.getValue().all());
            }
        }
        return all;
    }

    /// Where the value that holds stands.
    public PolicySource source(PolicySetting setting) {
        for (var layer : layers.entrySet()) {
            if (layer.getValue().all().isGiven(setting)) {
                return layer.getKey();
            }
        }
        return PolicySource.DEFAULT;
    }

    /// The value that holds, as people write it; empty when it is unset.
    public Optional<String> value(PolicySetting setting) {
        return Optional.of(at(source(setting)).text(setting).orElse(setting.defaultText()))
                .filter(value -> !value.isEmpty());
    }

    /// Whether `dead.letter.queue` itself says where dead letters go, or that they go nowhere, and no dead letter exchange is as strong or stronger.
    public boolean namesDeadLetterQueue() {
        return layer(source(PolicySetting.DEAD_LETTER_QUEUE))
                .named()
                .isGiven(PolicySetting.DEAD_LETTER_QUEUE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyLayers those && layers.equals(those.layers);
    }

    @Override
    public int hashCode() {
        return layers.hashCode();
    }

    @Override
    public String toString() {
        return layers.keySet().toString();
    }
}
