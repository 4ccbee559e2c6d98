package io.sluice.simulation.log;

import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Draws what happens next and lets it happen: mostly the client's work and the store's own, now and then trouble, or another life of the store.
final class LogSteps {
    private static final int TURNS_TO_DRAIN = 50;

    private final RandomGenerator random;
    private final Roughness roughness;
    private final Trouble trouble;
    private final RunningStore store;
    private final StoreLives lives;
    private final ModelLogs logs;
    private final LogClient client;

    LogSteps(
            RandomGenerator random,
            Roughness roughness,
            Trouble trouble,
            RunningStore store,
            StoreLives lives,
            ModelLogs logs,
            LogClient client) {
        this.random = random;
        this.roughness = roughness;
        this.trouble = trouble;
        this.store = store;
        this.lives = lives;
        this.logs = logs;
        this.client = client;
    }

    void step() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> client.append();
            case 8, 9, 10, 11 -> store.write();
            case 12, 13 -> store.settle();
            case 14 -> client.trim();
            case 15, 16 -> client.read();
            case 17 -> rare();
            default -> drain();
        }
    }

    private void rare() throws IOException {
        if (roughness == Roughness.KILLED && random.nextInt(4) == 0) {
            lives.kill();
            return;
        }
        switch (random.nextInt(roughness == Roughness.CALM ? 4 : 14)) {
            case 0 -> client.delete();
            case 1, 2 -> client.reopen();
            case 3, 13 -> lives.restart();
            case 4 -> trouble.powerGoesWithin(12);
            case 5 -> trouble.forcesFail(0.2);
            case 6 -> trouble.writesFail();
            case 7 -> trouble.fillUpOrMakeRoom();
            case 8 -> trouble.readsFail();
            default -> trouble.readsAreShort();
        }
    }

    /// The store does all that it has to do.
    private void drain() {
        for (var turns = 0; turns < TURNS_TO_DRAIN; turns++) {
            var worked = store.write();
            worked |= store.settle();
            if (!worked) {
                break;
            }
        }
        logs.forget();
    }
}
