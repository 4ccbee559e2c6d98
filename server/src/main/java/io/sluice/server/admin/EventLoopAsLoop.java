package io.sluice.server.admin;

import io.netty.channel.EventLoop;
import io.sluice.admin.Loop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin's event loop, as the API sees it. What is given to it while it stops is dropped.
record EventLoopAsLoop(EventLoop loop) implements Loop {
    private static final Logger log = LoggerFactory.getLogger(EventLoopAsLoop.class);

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopping) {
            log.debug("a reply came while the admin endpoint stops");
        }
    }

    @Override
    public void after(long millis, Runnable task) {
        try {
            loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("the admin endpoint stops");
        }
    }
}
