package io.sluice.dialect.kafka.share;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.QueuePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.requests.ShareRequestMetadata;
import org.jspecify.annotations.Nullable;

/// What one member of a share group wants, and what it holds. Owned by its connection's loop.
final class ShareSession {
    private final Key key;
    private final long owner;
    private final LinkedHashSet<PartitionId> wanted = new LinkedHashSet<>();
    private final Map<PartitionId, Holding> holdings = new HashMap<>();
    private int nextEpoch = ShareRequestMetadata.nextEpoch(ShareRequestMetadata.INITIAL_EPOCH);
    private boolean ended;

    /// Whose session it is.
    record Key(String group, String member) {}

    /// @param part of the queue that they were handed out by
    record Holding(QueuePart part, HeldOffsets offsets) {}

    /// @param owner whose leases are the member's
    ShareSession(Key key, long owner) {
        this.key = key;
        this.owner = owner;
    }

    Key key() {
        return key;
    }

    long owner() {
        return owner;
    }

    int nextEpoch() {
        return nextEpoch;
    }

    /// A request of the epoch that was expected has come.
    void advance() {
        nextEpoch = ShareRequestMetadata.nextEpoch(nextEpoch);
    }

    void want(PartitionId partition) {
        wanted.add(partition);
    }

    /// What it holds of the partition stays its own.
    void forget(PartitionId partition) {
        wanted.remove(partition);
    }

    int size() {
        return wanted.size();
    }

    /// In the order in which they have their turn.
    List<PartitionId> wanted() {
        return new ArrayList<>(wanted);
    }

    /// Puts a partition that had its turn behind all others, so that none starves.
    void hadItsTurn(PartitionId partition) {
        if (wanted.remove(partition)) {
            wanted.add(partition);
        }
    }

    /// What it holds of a partition; empty where it holds nothing.
    HeldOffsets held(PartitionId partition) {
        var holding = holdings.get(partition);
        return holding == null ? new HeldOffsets() : holding.offsets();
    }

    /// From now on it may hold records of that part. One of another queue than before has forgotten what that had handed out.
    void asks(QueuePart part) {
        var holding = holdings.get(part.partition());
        if (holding == null || !holding.part().equals(part)) {
            holdings.put(part.partition(), new Holding(part, new HeldOffsets()));
        }
    }

    /// The part that holds of a partition come from; null when it was never asked for any.
    @Nullable QueuePart part(PartitionId partition) {
        var holding = holdings.get(partition);
        return holding == null ? null : holding.part();
    }

    /// The parts that it ever asked, and what it holds of them.
    List<Holding> holdings() {
        return List.copyOf(holdings.values());
    }

    /// Nothing is handed to it any more.
    void end() {
        ended = true;
        wanted.clear();
        holdings.clear();
    }

    boolean hasEnded() {
        return ended;
    }
}
