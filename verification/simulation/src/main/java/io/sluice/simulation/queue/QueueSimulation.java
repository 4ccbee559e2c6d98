package io.sluice.simulation.queue;

import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.util.SplittableRandom;

/// Histories of queues, each told by its seed.
public final class QueueSimulation {
    private static final int STEPS = 2_000;

    private QueueSimulation() {}

    /// One random history: clients, crashes, failing forces, a full disk, and a judgement at the end.
    public static void history(long seed, Tally tally) throws IOException {
        var random = new SplittableRandom(seed);
        var world = QueueWorld.rough(random, new SimulatedDisk(random.split()), tally);
        world.run(STEPS);
        world.handOut();
        world.recover();
        world.judge();
        tally.histories++;
    }

    /// One short history, crashed at each of its boundaries in turn.
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
        var world = QueueWorld.calm(random, disk, tally);
        world.run(steps);
        if (tally.crashes == crashesBefore) {
            return false;
        }
        world.handOut();
        world.judge();
        tally.histories++;
        return true;
    }
}
