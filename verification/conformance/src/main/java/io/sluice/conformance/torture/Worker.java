package io.sluice.conformance.torture;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client on a thread of its own that goes on until it is told to stop, whatever happens to the broker.
public abstract class Worker {
    private final String name;
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Failure failure;

    private record Failure(String name, Throwable why, long atNanos) {
        Violation violation() {
            return why instanceof Violation violation
                    ? violation
                    : new Violation(Invariant.CLIENTS_GO_ON, name + " ended: " + why, why);
        }
    }

    protected Worker(String name) {
        this.name = name;
    }

    /// Works until [#isStopping].
    protected abstract void work() throws Exception;

    public final void start() {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    public final boolean isStopping() {
        return stopping;
    }

    /// Tells the worker to stop; does not wait.
    public final void stop() {
        stopping = true;
    }

    /// Waits until the worker has stopped.
    ///
    /// @throws Violation if it does not
    public final void join() throws InterruptedException {
        var started = thread;
        if (started != null && !started.join(Duration.ofSeconds(90))) {
            throw new Violation(Invariant.CLIENTS_GO_ON, name + " hangs");
        }
        check();
    }

    /// Throws what made the worker end early, if something did.
    public final void check() {
        checkAll(List.of(this));
    }

    /// Throws what made the first of `workers` end early: what happened to the others may come from that.
    public static void checkAll(Collection<Worker> workers) {
        workers.stream()
                .map(worker -> worker.failure)
                .filter(Objects::nonNull)
                .min(Comparator.comparingLong(Failure::atNanos))
                .ifPresent(
                        failure -> {
                            throw failure.violation();
                        });
    }

    private void run() {
        try {
            work();
        } catch (Throwable ended) {
            failure = new Failure(name, ended, System.nanoTime());
        }
    }
}
