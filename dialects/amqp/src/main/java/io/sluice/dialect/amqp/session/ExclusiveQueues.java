package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.Queue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The exclusive queues of one connection, which go with it. Owned by the connection's loop.
final class ExclusiveQueues {
    private final AmqpSession session;
    private final Services services;
    private final Set<UUID> ids = new HashSet<>();

    ExclusiveQueues(AmqpSession session, Services services) {
        this.session = session;
        this.services = services;
    }

    /// Before it is declared, so that nobody else finds it without an owner.
    void add(UUID queue) {
        ids.add(queue);
        services.owners().add(queue, session);
    }

    /// It could not be declared, or was deleted.
    void remove(UUID queue) {
        if (ids.remove(queue)) {
            services.owners().remove(queue);
        }
    }

    /// Whether this connection may use the queue.
    boolean allows(Queue queue) {
        return !queue.exclusive() || ids.contains(queue.id());
    }

    /// @param then when they are gone
    void deleteAll(Runnable then) {
        var all = List.copyOf(ids);
        ids.clear();
        var left = new Countdown(all.size(), then);
        for (var queue : all) {
            services.broker()
                    .queues()
                    .delete(
                            queue,
                            false,
                            false,
                            new Ask<Long>(
                                    session.inbox(),
                                    _ -> deleted(queue, left),
                                    _ -> deleted(queue, left)));
        }
    }

    private void deleted(UUID queue, Runnable left) {
        services.owners().remove(queue);
        left.run();
    }
}
