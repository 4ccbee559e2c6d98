package io.sluice.simulation.log;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.PowerLoss;
import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// How one life of the store ends and the next one begins: by itself, with the power, or in good order. Every beginning but the first is held
/// against what was promised.
final class StoreLives {
    private final RandomGenerator random;
    private final Roughness roughness;
    private final Trouble trouble;
    private final Tally tally;
    private final RunningStore store;
    private final ModelLogs logs;
    private final RecoveredLogs recovered;

    StoreLives(
            RandomGenerator random,
            Roughness roughness,
            Trouble trouble,
            Tally tally,
            RunningStore store,
            ModelLogs logs) {
        this.random = random;
        this.roughness = roughness;
        this.trouble = trouble;
        this.tally = tally;
        this.store = store;
        this.logs = logs;
        this.recovered = new RecoveredLogs(store, logs, new StoredBytes(random));
    }

    void begin() throws IOException {
        try {
            store.start();
        } catch (PowerLoss _) {
            recover();
        }
    }

    /// The process ends, and the power may go with it.
    void end() throws IOException {
        if (roughness == Roughness.KILLED && random.nextInt(3) > 0) {
            kill();
        } else {
            recover();
        }
    }

    /// The process ends and the next one finds all that was written: nothing that was completed may be missing, forced or not. One start in
    /// four is on a disk that still fails to force, until one comes through.
    void kill() throws IOException {
        logs.closed();
        do {
            tally.crashes++;
            trouble.end();
            trouble.powerStays();
            if (random.nextInt(4) == 0) {
                trouble.forcesFail(0.3);
            }
        } while (!starts());
        trouble.noFaults();
        recovered.check();
    }

    private boolean starts() throws IOException {
        try {
            store.start();
            return true;
        } catch (CorruptDataException e) {
            throw e;
        } catch (IOException failed) {
            return false;
        }
    }

    /// The power goes and comes back; everything promised is checked. The first starts after it may lose the power again, or find a disk that
    /// does not give back what it has.
    void recover() throws IOException {
        while (true) {
            tally.crashes++;
            trouble.powerGoes();
            trouble.end();
            if (roughness != Roughness.CALM) {
                trouble.befallsAStart(20);
            }
            try {
                store.start();
                trouble.noFaults();
                recovered.check();
                return;
            } catch (PowerLoss _) {
                // Lost again while recovering: the next boot finds what that one left.
            } catch (CorruptDataException e) {
                throw e;
            } catch (IOException e) {
                if (!trouble.readsMayFail()) {
                    throw e;
                }
            }
        }
    }

    /// An orderly stop and a start: all that was completed lasts, forced or not.
    void restart() throws IOException {
        trouble.noFaults();
        store.close();
        if (store.hasStopped()) {
            return;
        }
        logs.closed();
        store.start();
        recovered.check();
    }
}
