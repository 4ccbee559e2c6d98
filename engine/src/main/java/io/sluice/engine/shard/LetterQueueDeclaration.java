package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the queue declared that dead letters go to ([DeadLetterQueue]), while they wait. Owned by its shard's loop.
final class LetterQueueDeclaration {
    private static final Logger log = LoggerFactory.getLogger(LetterQueueDeclaration.class);

    private final Shard shard;
    private final HostedQueue queue;

    /// It could not be declared when that was tried last.
    private boolean declinedBefore;

    LetterQueueDeclaration(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
    }

    /// @param answered told in a later turn: null, or why not
    void declare(CatalogChange target, Consumer<@Nullable BrokerError> answered) {
        shard.broker()
                .change(
                        target,
                        new Reply<>() {
                            @Override
                            public void done(Catalog catalog) {
                                onShard(() -> answered.accept(null));
                            }

                            @Override
                            public void refused(BrokerError error) {
                                onShard(() -> answered.accept(error));
                            }
                        });
    }

    /// Whether the queue is there, after that answer. Says once why it is not.
    boolean isThere(@Nullable BrokerError refused) {
        if (refused == null || refused instanceof BrokerError.QueueExists) {
            declinedBefore = false;
            return true;
        }
        if (!declinedBefore) {
            log.warn(
                    "dead letters of {} wait, as the queue for them cannot be declared: {}",
                    queue.part(),
                    refused.message());
        }
        declinedBefore = true;
        return false;
    }

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }
}
