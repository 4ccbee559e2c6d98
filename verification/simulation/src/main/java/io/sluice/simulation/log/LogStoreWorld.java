package io.sluice.simulation.log;

import io.sluice.engine.log.StorageFullException;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.PowerLoss;
import io.sluice.simulation.disk.SimulatedDisk;
import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// One store, its disk, and what it has promised. Every step is drawn from one generator, so that a seed tells a whole history.
///
/// Puts the parts together and decides what follows when a step ends the store: [LogSteps] takes the steps, [StoreLives] starts the
/// store again, [ModelLogs] knows what was promised, [RecoveredLogs] and [StoredBytes] compare.
final class LogStoreWorld {
    private final Roughness roughness;
    private final Trouble trouble;
    private final RunningStore store;
    private final StoreLives lives;
    private final LogSteps steps;

    private LogStoreWorld(
            RandomGenerator random, SimulatedDisk disk, Roughness roughness, Tally tally) {
        var logs = new ModelLogs(random);
        this.roughness = roughness;
        this.trouble = new Trouble(disk, random);
        this.store = new RunningStore(disk);
        this.lives = new StoreLives(random, roughness, trouble, tally, store, logs);
        var client = new LogClient(random, store, logs, trouble, tally);
        this.steps = new LogSteps(random, roughness, trouble, store, lives, logs, client);
    }

    /// Starts the store on a disk that may be set up to lose its power.
    ///
    /// @param random decides every step
    /// @param disk seeded from the same seed
    /// @param tally counts what happened
    static LogStoreWorld begin(
            RandomGenerator random, SimulatedDisk disk, Roughness roughness, Tally tally)
            throws IOException {
        var world = new LogStoreWorld(random, disk, roughness, tally);
        world.lives.begin();
        return world;
    }

    /// Takes `count` random steps; a loss of power on the way is followed by a recovery, and that by more steps.
    void run(int count) throws IOException {
        for (var i = 0; i < count; i++) {
            try {
                steps.step();
            } catch (PowerLoss _) {
                lives.recover();
            } catch (StorageFullException refused) {
                if (!trouble.isFull()) {
                    throw refused;
                }
            }
            if (store.hasStopped()) {
                expectTrouble();
                lives.end();
            }
        }
    }

    private void expectTrouble() {
        if (roughness == Roughness.CALM) {
            throw new InvariantBroken(
                    "NothingFailsByItself",
                    "the disk failed the store, though nothing was wrong with it");
        }
    }

    /// The power goes and comes back; everything promised is checked.
    void recover() throws IOException {
        lives.recover();
    }
}
