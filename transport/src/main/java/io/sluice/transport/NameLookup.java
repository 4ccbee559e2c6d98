package io.sluice.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks up names as every program on this machine does, which may take its time: on threads that are there for nothing else, and go when there is nothing to look up.
final class NameLookup implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 1024;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING_MAX),
                    Thread.ofPlatform().name("name-lookup-", 0).daemon().factory());

    NameLookup() {
        threads.allowCoreThreadTimeOut(true);
    }

    /// @param then told the addresses on the loop; none when there is no such name
    void find(String host, Loop loop, Consumer<List<InetAddress>> then) {
        try {
            threads.execute(
                    () -> {
                        var found = find(host);
                        loop.execute(() -> then.accept(found));
                    });
        } catch (RejectedExecutionException tooManyWait) {
            loop.execute(() -> then.accept(List.of()));
        }
    }

    private static List<InetAddress> find(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException none) {
            return List.of();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
