package io.sluice.broker;

/// Where the answer to one command goes: exactly one of the two methods is called, exactly once, on the thread of the
/// shard that decided or on the caller's own before the call returns. It must not block.
///
/// @param <T> what success carries
public interface Reply<T> {
    /// Done, and durable where the command changed something.
    void done(T value);

    /// Refused; nothing was changed.
    void refused(BrokerError error);
}
