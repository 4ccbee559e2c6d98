package io.sluice.dialect.amqp.session;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which connection each exclusive queue belongs to. Shared by all sessions.
public final class ExclusiveOwners {
    private final Map<UUID, AmqpSession> owners = new ConcurrentHashMap<>();

    void add(UUID queue, AmqpSession owner) {
        owners.put(queue, owner);
    }

    void remove(UUID queue) {
        owners.remove(queue);
    }

    /// Null: the connection has gone, or this process never saw it.
    @Nullable AmqpSession ownerOf(UUID queue) {
        return owners.get(queue);
    }
}
