package io.sluice.server.admin;

import java.util.concurrent.atomic.AtomicReference;

/// Where the server stands in its life. Read by any thread.
public final class Health {
    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);

    public void becomeReady() {
        state.compareAndSet(State.STARTING, State.READY);
    }

    /// No new work from now on.
    public void stop() {
        state.updateAndGet(now -> now == State.FAILED ? State.FAILED : State.STOPPING);
    }

    /// A part has failed for good.
    public void fail() {
        state.set(State.FAILED);
    }

    public boolean failed() {
        return state.get() == State.FAILED;
    }

    State state() {
        return state.get();
    }

    enum State {
        STARTING,
        READY,
        STOPPING,
        FAILED;

        /// Whether restarting the process would not help.
        boolean live() {
            return this != FAILED;
        }

        /// Whether clients may be sent here.
        boolean ready() {
            return this == READY;
        }
    }
}
