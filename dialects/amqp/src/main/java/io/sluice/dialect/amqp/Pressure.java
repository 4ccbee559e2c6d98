package io.sluice.dialect.amqp;

import java.util.Optional;

/// Whether the process has room for more messages. Any thread.
public interface Pressure {
    /// There always is.
    Pressure NONE =
            new Pressure() {
                @Override
                public Optional<String> reason() {
                    return Optional.empty();
                }

                @Override
                public Runnable listen(Runnable changed) {
                    return () -> {};
                }
            };

    /// Why there is none, as publishers are told; empty: there is.
    Optional<String> reason();

    /// Calls `changed` whenever [#reason] is another, on any thread; it must not block.
    ///
    /// @return ends it
    Runnable listen(Runnable changed);
}
