package io.sluice.engine.drive;

import io.sluice.base.Host;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// A thread that does what it is given, one thing after the other.
final class HostThread extends Thread implements Host {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    HostThread(String name) {
        super(name);
    }

    void does(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized boolean afterwards(Runnable work) {
        return !ended && tasks.add(work);
    }

    void settle() {
        var settled = new CountDownLatch(1);
        tasks.add(settled::countDown);
        DriverTest.wait(settled);
    }

    void close() throws InterruptedException {
        synchronized (this) {
            ended = true;
        }
        interrupt();
        join();
    }

    @Override
    public void run() {
        try {
            while (!ended || !tasks.isEmpty()) {
                tasks.take().run();
            }
        } catch (InterruptedException closed) {
            tasks.clear();
        }
    }
}
