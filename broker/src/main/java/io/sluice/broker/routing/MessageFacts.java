package io.sluice.broker.routing;

import java.util.Map;
import java.util.Optional;

/// What of a message beside its routing keys may decide where it goes. Asked only where an exchange wants to know.
public interface MessageFacts {
    /// Values as JSON text, as in [Binding#arguments].
    Map<String, String> headers();

    /// One of `correlation_id`, `message_id` and `timestamp`, as text.
    Optional<String> property(String name);
}
