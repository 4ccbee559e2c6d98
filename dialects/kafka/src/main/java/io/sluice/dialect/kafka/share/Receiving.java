package io.sluice.dialect.kafka.share;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Asks several parts for records on behalf of one member.
///
/// ```text
///   look: part after part, without waiting, until there is enough
///   wait: if there was nothing, at all parts at once ([Waiting])
/// ```
///
/// Begun on one thread, answered on those of the parts' shards. A part that refuses has nothing.
final class Receiving {
    private final Queues queues;
    private final Limits limits;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();
    private final CompletableFuture<List<Delivery>> found = new CompletableFuture<>();

    Receiving(Queues queues, Limits limits) {
        this.queues = queues;
        this.limits = limits;
    }

    /// @return what was found; nothing when nothing came in time
    CompletableFuture<List<Delivery>> from(List<QueuePart> parts) {
        look(parts, 0, new ArrayList<>());
        return found;
    }

    /// Ends the wait: what was found so far is what there is. May be called on any thread.
    void cancel() {
        cancelled.set(true);
        var present = waiting.get();
        if (present != null) {
            present.end();
        }
    }

    private void look(List<QueuePart> parts, int index, List<Delivery> got) {
        int records = Counting.records(got);
        long bytes = Counting.bytes(got);
        boolean enough = records >= limits.recordsMax() || bytes >= limits.bytesMax();
        if (index < parts.size() && !enough && !cancelled.get()) {
            var _ =
                    queues.receive(
                            parts.get(index),
                            limits.after(records, bytes, 0),
                            new Reply<>() {
                                @Override
                                public void done(List<Delivery> more) {
                                    got.addAll(more);
                                    look(parts, index + 1, got);
                                }

                                @Override
                                public void refused(BrokerError error) {
                                    look(parts, index + 1, got);
                                }
                            });
        } else if (!got.isEmpty() || parts.isEmpty() || limits.waitMillis() <= 0) {
            found.complete(got);
        } else {
            await(parts);
        }
    }

    private void await(List<QueuePart> parts) {
        var all = new Waiting(queues, limits, parts.size(), found::complete);
        waiting.set(all);
        if (cancelled.get()) {
            all.end();
        }
        all.begin(parts);
    }
}
