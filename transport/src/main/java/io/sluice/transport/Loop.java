package io.sluice.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that state machines of a dialect live on, with the connections that they make. Born with its first task; ends with the transport.
public final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final EventLoop loop;

    Loop(EventLoopGroup group) {
        loop = group.next();
    }

    /// Runs `task` on the loop, after what was given to it before; not at all when the transport has ended. Any thread.
    public void execute(Runnable task) {
        try {
            loop.execute(() -> run(task));
        } catch (RejectedExecutionException ended) {
            log.debug("something came after the end of its loop");
        }
    }

    /// Runs `task` on the loop in a while.
    public Cancellable after(long millis, Runnable task) {
        try {
            var timer = loop.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException ended) {
            return () -> {};
        }
    }

    /// Waits for `end` as long as that takes, at most `max`. Not on the loop. An interrupt ends the wait.
    ///
    /// @return whether it came
    public boolean await(CompletableFuture<?> end, Duration max) {
        try {
            end.get(max.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    EventLoop eventLoop() {
        return loop;
    }

    /// A timer would keep a failure to itself.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError failed) {
            log.error("a task of a loop failed", failed);
        }
    }
}
