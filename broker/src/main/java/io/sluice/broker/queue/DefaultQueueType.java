package io.sluice.broker.queue;

import io.sluice.broker.Catalog;
import java.util.Optional;
import java.util.Set;

/// The type of queues whose creator does not ask for one, as a namespace's settings have it. It becomes an argument of the queue, so that it stays
/// what it is when the default is another later.
///
/// A queue that cannot be of that type, such as an exclusive one, is a classic one all the same: so clients that never heard of types can be given
/// quorum queues where they want shared and durable ones.
public final class DefaultQueueType {
    /// Its name among the settings of kind [Catalog#NAMESPACE_KIND].
    public static final String SETTING = "default_queue_type";

    private static final Set<String> DURABLE_AND_SHARED = Set.of("quorum", "stream");

    private DefaultQueueType() {}

    /// The type that such a queue gets; empty: nothing is said, or it would not fit.
    public static Optional<String> of(
            Catalog catalog,
            String namespace,
            boolean durable,
            boolean exclusive,
            boolean autoDelete) {
        var type = catalog.settings(Catalog.NAMESPACE_KIND, namespace).getOrDefault(SETTING, "");
        boolean isDurableAndShared = durable && !exclusive && !autoDelete;
        boolean fits =
                type.equals("classic") || (isDurableAndShared && DURABLE_AND_SHARED.contains(type));
        return fits ? Optional.of(type) : Optional.empty();
    }
}
