package io.sluice.conformance.torture.policies;

import io.sluice.conformance.torture.Worker;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Looks at the dead letters, which repairs what is wrong with them, and has them moved back; now and then it pauses that, or thinks better of it.
final class Redriver extends Worker {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final Admin admin;
    private final Ledger ledger;
    private final Random random;
    private volatile boolean resting;
    private volatile boolean idle;
    private volatile long begun;

    Redriver(Admin admin, Ledger ledger, Random random) {
        super("redriver");
        this.admin = admin;
        this.ledger = ledger;
        this.random = random;
    }

    /// Begins nothing more until [#resume], and ends what runs.
    void rest() {
        resting = true;
    }

    void resume() {
        idle = false;
        resting = false;
    }

    /// Whether nothing runs, nor will until [#resume].
    boolean isIdle() {
        return idle;
    }

    long begun() {
        return begun;
    }

    @Override
    protected void work() {
        while (!isStopping()) {
            if (resting) {
                idle = isNothingRunning();
            } else {
                idle = false;
                admin.deadLetters().ifPresent(ledger::seenDead);
                act();
            }
            LockSupport.parkNanos(random.nextLong(2 * PAUSE_NANOS));
        }
    }

    private boolean isNothingRunning() {
        var running = admin.running();
        running.flatMap(Admin.Running::id).ifPresent(id -> admin.change(id, "cancel"));
        return running.isPresent() && running.get().id().isEmpty();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread alone writes it
    private void act() {
        var running = admin.running();
        if (running.isEmpty()) {
            return;
        }
        var id = running.get().id();
        if (id.isEmpty()) {
            begun = begun + (admin.redrive(random.nextInt(3) * 100).isPresent() ? 1 : 0);
        } else if (random.nextInt(3) == 0) {
            var changes = new String[] {"pause", "resume", "resume", "cancel"};
            admin.change(id.get(), changes[random.nextInt(changes.length)]);
        } else {
            admin.change(id.get(), "resume");
        }
    }
}
