package io.sluice.engine.shard;

import java.util.concurrent.locks.LockSupport;

/// Drives one shard on a thread of its own, which sleeps while there is nothing to do.
///
/// Going to sleep: say so, look once more, then park. Ringing: the work is visible before the bell looks whether the thread
/// sleeps. So either the sleeper sees the work or the bell sees the sleeper, and a group of completions costs one wake-up.
final class ShardThread implements ShardThreads.Bell, Runnable {
    private final Shard shard;
    private final Thread thread;
    private volatile boolean asleep;

    private ShardThread(Shard shard) {
        this.shard = shard;
        this.thread = new Thread(this, shard.toString());
    }

    static ShardThreads.Bell start(Shard shard) {
        var driver = new ShardThread(shard);
        driver.thread.start();
        return driver;
    }

    @Override
    public void ring() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!shard.finished()) {
            if (!shard.turn()) {
                sleep();
            }
        }
    }

    private void sleep() {
        asleep = true;
        long nanos = shard.idleNanos();
        if (nanos > 0 && !shard.ready()) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep = false;
    }
}
