package io.sluice.conformance.torture;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Software;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Rounds of load, `kill -9`, restart and a comparison with what the clients were told.
///
/// The seed decides what is written, when the broker is killed and whether it is killed again while it starts. Clients and broker are
/// real, so the same seed makes the same attempt, not the same interleaving.
public final class Torture {
    private static final Duration LOAD_MIN = Duration.ofMillis(300);
    private static final Duration LOAD_MAX = Duration.ofMillis(2_500);

    private final BrokerProcess broker;
    private final Random random;
    private final PrintStream out;
    private final Map<Dialect, Load> loads = new EnumMap<>(Dialect.class);
    private int kills;

    private Torture(BrokerProcess broker, Set<Dialect> dialects, long seed, PrintStream out) {
        this.broker = broker;
        this.random = new Random(seed);
        this.out = out;
        for (var dialect : Dialect.values()) {
            // Drawn for each one, so that a dialect's attempt is the same with and without the
            // others.
            var own = new Random(random.nextLong());
            if (dialects.contains(dialect)) {
                loads.put(dialect, dialect.load(broker, own));
            }
        }
    }

    /// Runs `rounds` rounds against `software`, with clients of `dialects` and its files in `directory`.
    ///
    /// @throws AssertionError whose first line names the seed, if a promise was not kept
    public static void run(
            Software software,
            Set<Dialect> dialects,
            Path directory,
            long seed,
            int rounds,
            PrintStream out)
            throws Exception {
        out.println("torture: seed " + seed + ", " + rounds + " rounds, files in " + directory);
        try (var broker = BrokerProcess.started(software, directory)) {
            var torture = new Torture(broker, dialects, seed, out);
            try {
                torture.rounds(rounds);
            } catch (AssertionError broken) {
                throw new AssertionError(
                        "seed "
                                + seed
                                + ", after "
                                + torture.kills
                                + " kills: "
                                + broken.getMessage()
                                + "\n"
                                + broker.tailOfLog(),
                        broken);
            }
        }
    }

    private void rounds(int rounds) throws Exception {
        begin();
        for (var round = 1; round <= rounds; round++) {
            for (var load : loads.values()) {
                awaitProgress(load);
            }
            var span = LOAD_MAX.toNanos() - LOAD_MIN.toNanos();
            pause(LOAD_MIN.toNanos() + (long) (random.nextDouble() * span));
            kill();
            broker.start();
            for (var load : loads.entrySet()) {
                load.getValue().check();
                tell("round " + round, load.getKey(), load.getValue().verify(round));
            }
        }
        for (var load : loads.entrySet()) {
            tell("in the end", load.getKey(), load.getValue().end());
        }
        out.println("torture: passed, " + kills + " kills");
    }

    /// Starts the clients. A dialect that the broker does not serve is left out, unless it is the only one.
    private void begin() throws Exception {
        for (var load : List.copyOf(loads.entrySet())) {
            try {
                load.getValue().begin();
            } catch (UnsupportedOperationException notServed) {
                loads.remove(load.getKey());
                out.println(load.getKey() + ": " + notServed.getMessage());
                if (loads.isEmpty()) {
                    throw notServed;
                }
            }
        }
    }

    /// Lets the clients work at least until something new has been acknowledged.
    private void awaitProgress(Load load) {
        var before = load.acknowledged();
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (load.acknowledged() == before) {
            load.check();
            if (System.nanoTime() > deadline) {
                throw new Violation(Invariant.CLIENTS_GO_ON, "nothing is acknowledged any more");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void kill() {
        killOnce();
        // Recovery itself must survive being killed.
        while (random.nextInt(4) == 0) {
            broker.launch();
            pause(random.nextInt(1_000) * 1_000_000L);
            killOnce();
        }
    }

    private void killOnce() {
        broker.kill();
        kills++;
        loads.values().forEach(Load::killed);
    }

    private void tell(String when, Dialect dialect, String summary) {
        out.println(when + ", " + dialect + ": " + kills + " kills, " + summary);
    }

    /// The moment of the kill is chance, not a condition: this is the one pause that waits for nothing.
    private static void pause(long nanos) {
        var end = System.nanoTime() + nanos;
        for (var left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
