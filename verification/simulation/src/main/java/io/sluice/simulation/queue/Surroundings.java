package io.sluice.simulation.queue;

import io.sluice.simulation.Tally;
import io.sluice.simulation.broker.ManualClock;
import io.sluice.simulation.disk.SimulatedDisk;
import io.sluice.simulation.disk.Trouble;
import java.util.random.RandomGenerator;

/// What all who act in one world share.
///
/// @param random decides every step
/// @param trouble of that disk
/// @param isCalm whether nothing goes wrong but what was set up on the disk before
/// @param tally counts what happened
record Surroundings(
        RandomGenerator random,
        SimulatedDisk disk,
        Trouble trouble,
        ManualClock clock,
        boolean isCalm,
        Tally tally) {
    static Surroundings of(
            RandomGenerator random, SimulatedDisk disk, boolean isCalm, Tally tally) {
        return new Surroundings(
                random, disk, new Trouble(disk, random), new ManualClock(), isCalm, tally);
    }
}
