package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Once;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Order;
import io.sluice.engine.log.Log;
import io.sluice.engine.partition.Durability;
import io.sluice.engine.partition.Partition;
import io.sluice.engine.partition.TopicSettings;
import io.sluice.engine.queue.Remembered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A partition with what its shard knows around it. Owned by its shard's loop.
final class HostedPartition {
    private final PartitionId id;
    private TopicSettings settings;
    private Partition partition;
    private Log tail;
    private @Nullable BrokerError refusal;
    private boolean dropped;

    /// Who waits for it to grow.
    final Waiters waiters = new Waiters();

    /// The queues that subscribe to it.
    final List<HostedQueue> queues = new ArrayList<>(1);

    /// Appends that the store is not through with.
    int appendsPending;

    /// The same, in the order of their offsets.
    final ArrayDeque<AppendOperation> arriving = new ArrayDeque<>(0);

    /// Facts on their way into the state log.
    int factsPending;

    /// Bytes appended since its last checkpoint was asked for.
    long uncheckpointedBytes;

    /// Bytes that became durable and of which nobody waiting was told yet.
    long grownBytes;

    HostedPartition(Partition partition, TopicSettings settings, Log tail) {
        this.id = partition.id();
        this.settings = settings;
        this.partition = partition;
        this.tail = tail;
    }

    PartitionId id() {
        return id;
    }

    /// Where it is remembered what is to be there once: in a queue ordered by key, which knows it again after every crash, else in the first one; null
    /// when there is none.
    @Nullable HostedQueue remembering() {
        for (var queue : queues) {
            if (queue.settings().order() == Order.KEY) {
                return queue;
            }
        }
        return queues.isEmpty() ? null : queues.getFirst();
    }

    Remembered.@Nullable Entry known(Once once, long nowMillis) {
        var queue = remembering();
        return queue == null ? null : queue.deduplication().known(once, nowMillis);
    }

    Partition partition() {
        return partition;
    }

    Log tail() {
        return tail;
    }

    TopicSettings settings() {
        return settings;
    }

    boolean forced(boolean forcedByDefault) {
        return settings.durability().map(Durability.SYNC::equals).orElse(forcedByDefault);
    }

    void configure(TopicSettings newSettings) {
        settings = newSettings;
        partition.configure(newSettings);
    }

    /// Why it takes no appends now; null when it does.
    @Nullable BrokerError refusal() {
        return refusal;
    }

    /// Takes no appends until [#reopened]: its log has lost one.
    void broke(BrokerError why) {
        refusal = why;
    }

    /// Thrown away and opened again from its log.
    void reopened(Partition again, Log itsTail) {
        partition = again;
        tail = itsTail;
        refusal = null;
    }

    /// The topic was deleted.
    void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }
}
