package io.sluice.server;

import io.sluice.broker.client.ClientConnection;
import io.sluice.broker.client.Connections;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is connected. Dialects note it on their own threads, the admin's loop looks.
final class OpenConnections implements Connections {
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();

    @Override
    public void opened(ClientConnection connection) {
        open.add(connection);
    }

    @Override
    public void closed(ClientConnection connection) {
        open.remove(connection);
    }

    @Override
    public Collection<ClientConnection> all() {
        return List.copyOf(open);
    }
}
