package io.sluice.simulation.broker;

import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.util.SplittableRandom;

/// Histories of a broker, each told by its seed.
public final class BrokerSimulation {
    private static final int STEPS = 1_500;

    private BrokerSimulation() {}

    /// One random history: clients, crashes, failing forces, a full disk, and recovery from each.
    public static void history(long seed, Tally tally) throws IOException {
        var random = new SplittableRandom(seed);
        var world = BrokerWorld.rough(random, new SimulatedDisk(random.split()), tally);
        world.run(STEPS);
        world.recover();
        tally.histories++;
    }

    /// One short history, crashed at each of its boundaries in turn, and once more at its end: what was written on top of a recovery has to last too.
    public static void everyBoundary(long seed, int steps, Tally tally) throws IOException {
        for (var boundary = 1L; crashed(seed, steps, boundary, tally); boundary++) {}
    }

    /// @return false when the history ended before that boundary
    private static boolean crashed(long seed, int steps, long boundary, Tally tally)
            throws IOException {
        var random = new SplittableRandom(seed);
        var disk = new SimulatedDisk(random.split());
        disk.crashAfter(boundary);
        var crashesBefore = tally.crashes;
        var world = BrokerWorld.calm(random, disk, tally);
        world.run(steps);
        tally.histories++;
        if (tally.crashes == crashesBefore) {
            return false;
        }
        world.recover();
        return true;
    }
}
