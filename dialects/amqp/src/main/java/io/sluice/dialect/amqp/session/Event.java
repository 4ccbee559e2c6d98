package io.sluice.dialect.amqp.session;

import org.jspecify.annotations.Nullable;

/// Something that another thread tells a session. Is its own link in the session's [Inbox], so it goes there once at a time.
abstract class Event {
    @Nullable Event next;

    /// On the connection's loop.
    abstract void happen();
}
