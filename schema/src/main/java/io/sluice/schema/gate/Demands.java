package io.sluice.schema.gate;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.SchemaPolicy;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// What topics demand. A topic that demands nothing costs a look into the catalog and one into its settings.
final class Demands {
    private static final int KEPT_MAX = 10_000;

    private final ConcurrentMap<UUID, Demand> demands = new ConcurrentHashMap<>();

    /// @param policy null when what the settings say comes to nothing
    private record Demand(Topic topic, @Nullable SchemaPolicy policy) {}

    /// @return null: nothing
    @Nullable SchemaPolicy of(Catalog catalog, UUID id) {
        var topic = catalog.topic(id);
        return topic.isPresent()
                        && topic.get().config().containsKey(PolicySetting.SCHEMA_TYPE.kafkaName())
                ? of(topic.get())
                : null;
    }

    private @Nullable SchemaPolicy of(Topic topic) {
        var known = demands.get(topic.id());
        if (known == null || !known.topic().equals(topic)) {
            if (demands.size() >= KEPT_MAX) {
                demands.clear();
            }
            known = new Demand(topic, SchemaPolicy.of(topic.name(), topic.config()).orElse(null));
            demands.put(topic.id(), known);
        }
        return known.policy();
    }
}
