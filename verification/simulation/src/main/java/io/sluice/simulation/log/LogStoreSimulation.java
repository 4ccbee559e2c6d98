package io.sluice.simulation.log;

import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.util.SplittableRandom;

/// Histories of a log store, each told by its seed.
public final class LogStoreSimulation {
    private static final int STEPS = 400;

    private LogStoreSimulation() {}

    /// One random history: work, crashes, failing forces, a full disk, and recovery from each.
    public static void history(long seed, Tally tally) throws IOException {
        var random = new SplittableRandom(seed);
        var world =
                LogStoreWorld.begin(
                        random, new SimulatedDisk(random.split()), Roughness.ROUGH, tally);
        world.run(STEPS);
        world.recover();
        tally.histories++;
    }

    /// One in which many a process ends, mostly because a force failed, and the machine lives on.
    public static void killed(long seed, Tally tally) throws IOException {
        var random = new SplittableRandom(seed);
        var world =
                LogStoreWorld.begin(
                        random, new SimulatedDisk(random.split()), Roughness.KILLED, tally);
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
        var world = LogStoreWorld.begin(random, disk, Roughness.CALM, tally);
        world.run(steps);
        tally.histories++;
        if (tally.crashes == crashesBefore) {
            return false;
        }
        world.recover();
        return true;
    }
}
