package io.sluice.broker.client;

import java.util.Collection;

/// The connections of all dialects that have sessions. Any thread.
public interface Connections {
    void opened(ClientConnection connection);

    void closed(ClientConnection connection);

    /// Those that are open now.
    Collection<ClientConnection> all();
}
