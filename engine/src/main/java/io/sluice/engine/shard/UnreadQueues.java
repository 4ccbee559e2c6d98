package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.engine.queue.QueueReplay;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queues' parts that are not open yet because their records could not be read: what is not known of cannot be handed out. They are tried again every
/// second; until then they answer what is wrong, and their partitions give nothing back. Owned by its shard's loop.
final class UnreadQueues {
    private static final Logger log = LoggerFactory.getLogger(UnreadQueues.class);
    private static final long RETRY_MILLIS = 1_000;

    private final Shard shard;
    private final Map<PartitionId, Unread> all = new LinkedHashMap<>();
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::retry);

    private record Unread(HostedQueue queue, QueueReplay replay, long from, BrokerError why) {}

    UnreadQueues(Shard shard) {
        this.shard = shard;
    }

    /// @param from the first record that could not be read
    void add(HostedQueue queue, QueueReplay replay, long from, IOException cause) {
        var message =
                "queue '"
                        + queue.definition().name()
                        + "' cannot be opened: record "
                        + from
                        + " cannot be read: "
                        + cause.getMessage();
        var known = all.get(queue.part().stateId());
        if (known == null || known.from() != from) {
            log.error("{}", message);
        }
        var why = new BrokerError.StorageFailed(message);
        all.put(queue.part().stateId(), new Unread(queue, replay, from, why));
        if (!timer.scheduled()) {
            shard.timers().schedule(timer, shard.monotonicMillis() + RETRY_MILLIS);
        }
    }

    /// Why a part is not there; null when it is none of these.
    @Nullable BrokerError missing(PartitionId stateId) {
        var unread = all.get(stateId);
        return unread == null ? null : unread.why();
    }

    boolean isOn(HostedPartition partition) {
        return !all.isEmpty()
                && all.values().stream().anyMatch(it -> it.queue().partition() == partition);
    }

    /// @return whether it was one of these
    boolean forget(PartitionId stateId) {
        return all.remove(stateId) != null;
    }

    /// Its partition is deleted.
    void forget(HostedPartition partition) {
        all.values().removeIf(it -> it.queue().partition() == partition);
    }

    /// Settings may have changed.
    void configure(Catalog catalog) {
        for (var unread : all.values()) {
            catalog.queue(unread.queue().part().queue())
                    .ifPresent(
                            queue -> unread.queue().configure(queue, catalog.settings(queue)));
        }
    }

    private void retry() {
        for (var entry : List.copyOf(all.entrySet())) {
            var unread = entry.getValue();
            if (QueueOpening.goOn(shard, unread.queue(), unread.replay(), unread.from())) {
                all.remove(entry.getKey());
                log.info("queue '{}' is open", unread.queue().definition().name());
            }
        }
    }
}
