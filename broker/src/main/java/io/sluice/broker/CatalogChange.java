package io.sluice.broker;

import java.util.Map;
import java.util.UUID;

/// A wish to change what exists. Names and settings were checked by the dialect that knows their rules; the engine checks
/// what only it knows (does it exist, is the count larger).
public sealed interface CatalogChange {
    /// A new topic.
    ///
    /// @param id chosen by the caller, random
    record CreateTopic(UUID id, String name, int partitions, Map<String, String> config)
            implements CatalogChange {
        public CreateTopic {
            config = Map.copyOf(config);
        }
    }

    /// The topic and all its records go.
    record DeleteTopic(UUID id) implements CatalogChange {}

    /// More partitions.
    ///
    /// @param total the new count, larger than the present one
    record GrowTopic(UUID id, int total) implements CatalogChange {}

    /// The topic's settings from now on, all of them.
    record ConfigureTopic(UUID id, Map<String, String> config) implements CatalogChange {
        public ConfigureTopic {
            config = Map.copyOf(config);
        }
    }

    /// The settings from now on, all of them, of something that is not a topic; an empty map forgets them.
    record Configure(String kind, String name, Map<String, String> config)
            implements CatalogChange {
        public Configure {
            config = Map.copyOf(config);
        }
    }
}
