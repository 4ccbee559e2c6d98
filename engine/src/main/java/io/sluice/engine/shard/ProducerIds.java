package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.engine.catalog.CatalogEntry;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Gives producer ids, none twice: a block of them is reserved in the catalog's journal before the first of it is given, and what
/// a stop leaves of a block is never given. Owned by the loop of shard 0.
final class ProducerIds {
    private static final int BLOCK = 1_000;
    private static final int WAITING_MAX = 10_000;

    private final CatalogKeeper keeper;
    private final ArrayDeque<Reply<Long>> waiting = new ArrayDeque<>();
    private long next;
    private long below;
    private boolean reserving;

    ProducerIds(CatalogKeeper keeper) {
        this.keeper = keeper;
    }

    void next(Reply<Long> reply) {
        if (next < below) {
            reply.done(next++);
        } else if (waiting.size() >= WAITING_MAX) {
            reply.refused(
                    new BrokerError.Overloaded(
                            "too many producers ask for an id at once; try again"));
        } else {
            waiting.add(reply);
            reserve();
        }
    }

    private void reserve() {
        if (reserving) {
            return;
        }
        reserving = true;
        long first = keeper.decided().producerIdsBelow();
        keeper.journal(
                new CatalogEntry.ProducerIdsReserved(first + BLOCK),
                refused -> reserved(first, refused));
    }

    private void reserved(long first, @Nullable BrokerError refused) {
        reserving = false;
        if (refused != null) {
            for (var reply = waiting.poll(); reply != null; reply = waiting.poll()) {
                reply.refused(refused);
            }
            return;
        }
        next = first;
        below = first + BLOCK;
        while (next < below && !waiting.isEmpty()) {
            waiting.remove().done(next++);
        }
        if (!waiting.isEmpty()) {
            reserve();
        }
    }
}
