package io.sluice.conformance.torture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A client on a thread of its own that goes on until it is told to stop, whatever happens to the broker.
abstract class Worker {
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    Worker(String name) {
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Works until [#isStopping].
    abstract void work() throws Exception;

    final void start() {
        thread.start();
    }

    final boolean isStopping() {
        return stopping;
    }

    /// Tells the worker to stop; does not wait.
    final void stop() {
        stopping = true;
    }

    /// Waits until the worker has stopped.
    ///
    /// @throws Violation if it does not
    final void join() throws InterruptedException {
        if (!thread.join(Duration.ofSeconds(90))) {
            throw new Violation(Invariant.CLIENTS_GO_ON, thread.getName() + " hangs");
        }
        check();
    }

    /// Throws what made the worker end early, if something did.
    final void check() {
        var failed = failure;
        if (failed instanceof Violation violation) {
            throw violation;
        }
        if (failed != null) {
            throw new Violation(
                    Invariant.CLIENTS_GO_ON, thread.getName() + " ended: " + failed, failed);
        }
    }

    private void run() {
        try {
            work();
        } catch (Throwable ended) {
            failure = ended;
        }
    }
}
