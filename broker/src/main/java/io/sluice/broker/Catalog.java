package io.sluice.broker;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Routes;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What exists, at one moment: an immutable snapshot that any thread may read and keep.
public interface Catalog {
    /// The kind of settings that namespaces are kept as: one with settings exists.
    String NAMESPACE_KIND = "namespace";

    /// The kind of settings that Kafka groups are kept as.
    String GROUP_KIND = "group";

    /// Grows with every change, also over restarts, but for changes of what a restart forgets.
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

    Optional<Queue> queue(String namespace, String name);

    Optional<Queue> queue(UUID id);

    /// All queues, ordered by namespace and name.
    Collection<Queue> queues();

    /// The queues of a namespace, ordered by name.
    default Collection<Queue> queues(String namespace) {
        return queues().stream().filter(queue -> queue.namespace().equals(namespace)).toList();
    }

    /// The queues that subscribe to a topic.
    Collection<Queue> queuesOf(UUID topic);

    /// How the queue behaves: its arguments and the policy that applies.
    QueueSettings settings(Queue queue);

    /// The exchange; the predeclared ones (the default exchange `""`, `amq.direct` and so on) exist in every namespace.
    Optional<Exchange> exchange(String namespace, String name);

    /// The exchanges of a namespace, the predeclared ones too, ordered by name.
    Collection<Exchange> exchanges(String namespace);

    /// The bindings of a namespace, without the default exchange's, which nobody made.
    Collection<Binding> bindings(String namespace);

    /// Exchanges and bindings as [io.sluice.broker.routing.Router] walks through them.
    Routes routes();

    /// Virtual hosts, sorted; `/` is always there.
    Collection<String> namespaces();

    /// The policy that applies to a queue or exchange of that name: the matching one with the highest priority.
    ///
    /// @param kind `queues` or `exchanges`
    Optional<Policy> policy(String namespace, String kind, String name);
}
