package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.QueuePart;
import java.util.function.BiConsumer;

/// Something that a queue's part is asked, or told.
///
/// @param action done on the shard's thread with the part; it answers `reply` now or later
record QueueOperation<T>(QueuePart part, BiConsumer<HostedQueue, Reply<T>> action, Reply<T> reply)
        implements Command {
    @Override
    public void run(Shard shard) {
        var queue = shard.queues().find(part.stateId());
        if (queue == null) {
            var why = shard.queues().unread().missing(part.stateId());
            refuse(why == null ? new BrokerError.UnknownQueue(part.queue().toString()) : why);
            return;
        }
        action.accept(queue, reply);
        shard.queues().look(queue);
    }

    @Override
    public void refuse(BrokerError error) {
        reply.refused(error);
    }
}
