package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.coordinator.common.runtime.CoordinatorEvent;
import org.apache.kafka.coordinator.common.runtime.CoordinatorEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the coordinator's events on the shard that owns the partition they are about: in order, one at a time, beside the
/// partition they write to.
///
/// Kafka would have a new high watermark overtake waiting events. Here all queue alike: the order among them does not matter
/// for what is answered, and a mailbox with two ends would cost every command.
final class ShardEvents implements CoordinatorEventProcessor {
    private static final Logger log = LoggerFactory.getLogger(ShardEvents.class);

    private final Broker broker;
    private final List<OffsetsPartition> partitions;
    private final AtomicBoolean closed = new AtomicBoolean();

    ShardEvents(Broker broker, List<OffsetsPartition> partitions) {
        this.broker = broker;
        this.partitions = partitions;
    }

    @Override
    public void enqueueLast(CoordinatorEvent event) {
        var partition = partitions.get(event.key().partition()).id();
        if (closed.get() || !broker.execute(partition, () -> run(event))) {
            throw new RejectedExecutionException("the group coordinator has stopped");
        }
    }

    @Override
    public void enqueueFirst(CoordinatorEvent event) {
        enqueueLast(event);
    }

    private static void run(CoordinatorEvent event) {
        try {
            event.run();
        } catch (RuntimeException | AssertionError failed) {
            log.error("group coordinator event {} failed", event, failed);
            event.complete(failed);
        }
    }

    /// No more events are taken. Those that wait in a mailbox find no coordinator when their turn comes, and say so.
    @Override
    public void close() {
        closed.set(true);
    }
}
