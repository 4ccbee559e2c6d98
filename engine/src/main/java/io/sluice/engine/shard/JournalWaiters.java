package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who waits until the facts of a queue so far are durable, or written at least. Owned by its shard's loop.
final class JournalWaiters {
    private List<Consumer<@Nullable BrokerError>> waiters = List.of();

    /// One of them waits for the disk.
    private boolean forced;

    /// Tells `waiter` when all facts so far are durable.
    void whenDurable(Consumer<@Nullable BrokerError> waiter) {
        forced = true;
        whenWritten(waiter);
    }

    /// Tells `waiter` when all facts so far are written: they outlive the process, if not the machine.
    void whenWritten(Consumer<@Nullable BrokerError> waiter) {
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>();
        }
        waiters.add(waiter);
    }

    List<Consumer<@Nullable BrokerError>> take() {
        var taken = waiters;
        waiters = List.of();
        forced = false;
        return taken;
    }

    /// Whether one of those who wait, waits for the disk.
    boolean waitForDisk() {
        return forced;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }
}
