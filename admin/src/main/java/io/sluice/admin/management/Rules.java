package io.sluice.admin.management;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Exchange;
import java.util.Optional;

/// What may be declared. The server plugs in the rules of the dialect that has them, so that they are the same by every way. Each says what is
/// wrong, if anything is.
public interface Rules {
    Optional<String> ofNew(Queue wanted);

    /// Of a queue that is there, declared again.
    Optional<String> ofSame(Queue wanted, Queue present);

    Optional<String> ofNew(Exchange wanted);

    /// Of an exchange that is there, declared again.
    Optional<String> ofSame(Exchange wanted, Exchange present);
}
