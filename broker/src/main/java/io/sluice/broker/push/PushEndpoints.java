package io.sluice.broker.push;

import java.util.List;
import java.util.function.Consumer;

/// The endpoints that queues deliver to by HTTP.
@FunctionalInterface
public interface PushEndpoints {
    /// Nothing is pushed.
    PushEndpoints NONE = reply -> reply.accept(List.of());

    /// How they are now, ordered by namespace and queue. Any thread; the reply comes on one that must not be kept waiting, and not at all when the
    /// broker has stopped.
    void look(Consumer<List<PushEndpointView>> reply);
}
