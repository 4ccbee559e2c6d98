package io.sluice.broker;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What exists, at one moment: an immutable snapshot that any thread may read and keep.
public interface Catalog {
    /// Grows by one with every change, also over restarts.
    long version();

    /// The identity of this data directory, given once when it was created.
    UUID clusterId();

    Optional<Topic> topic(String name);

    Optional<Topic> topic(UUID id);

    /// All topics, ordered by name.
    Collection<Topic> topics();

    /// The settings of something that is not a topic (the broker, a consumer group, ...), by their names; empty when
    /// nothing was set.
    ///
    /// @param kind what it is, as the dialect that owns the settings calls it, such as `group`
    Map<String, String> settings(String kind, String name);

    /// The names of that kind that have settings, sorted.
    Collection<String> configured(String kind);
}
