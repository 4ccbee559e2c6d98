package io.sluice.simulation;

import io.sluice.simulation.broker.BrokerSimulation;
import io.sluice.simulation.log.LogStoreSimulation;
import io.sluice.simulation.queue.QueueSimulation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Runs fresh histories for a while, or one again by its seed.
///
/// `Simulate <seconds>` or `Simulate --seed <seed>`
public final class Simulate {
    private static final int STORE_STEPS = 40;
    private static final int BROKER_STEPS = 150;
    private static final int QUEUE_STEPS = 150;

    private Simulate() {}

    /// @param arguments see the class comment
    public static void main(String[] arguments) throws Exception {
        var tally = new Tally();
        if (arguments.length == 2 && arguments[0].equals("--seed")) {
            history(Long.parseLong(arguments[1]), tally);
        } else {
            freshFor(Long.parseLong(List.of(arguments).getFirst()), tally);
        }
        System.out.println(tally);
    }

    /// Fresh seeds until the time is up.
    public static void freshFor(long seconds, Tally tally) {
        var seeds = new SplittableRandom();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            history(seeds.nextLong(), tally);
        }
    }

    /// Everything that one seed tells.
    public static void history(long seed, Tally tally) {
        try {
            switch (Math.floorMod(seed, 32)) {
                case 0 -> LogStoreSimulation.everyBoundary(seed, STORE_STEPS, tally);
                case 1 -> BrokerSimulation.everyBoundary(seed, BROKER_STEPS, tally);
                case 2 -> QueueSimulation.everyBoundary(seed, QUEUE_STEPS, tally);
                case 3, 4, 5, 6, 7, 8 -> LogStoreSimulation.history(seed, tally);
                case 9 -> LogStoreSimulation.killed(seed, tally);
                case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 ->
                        QueueSimulation.history(seed, tally);
                default -> BrokerSimulation.history(seed, tally);
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + "\n" + e, e);
        }
    }
}
