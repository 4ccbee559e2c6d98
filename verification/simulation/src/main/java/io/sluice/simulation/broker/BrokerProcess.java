package io.sluice.simulation.broker;

import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.engine.shard.ShardSettings;
import io.sluice.engine.shard.ShardedBroker;
import io.sluice.engine.storage.Storage;
import io.sluice.simulation.InvariantBroken;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// One process of the broker, from its start to its end: all that its threads would do happens in [#turn].
public final class BrokerProcess {
    private static final int TURNS_MAX = 20_000;

    private final TurnedShards shards = new TurnedShards();
    private final EmbeddedLogStore store;
    private final ShardedBroker broker;
    private boolean failed;

    public BrokerProcess(Storage storage, int shardCount, ManualClock clock, RandomGenerator random)
            throws IOException {
        store = EmbeddedLogStore.openUndriven(storage, StoreSettings.small(), _ -> failed = true);
        var settings =
                new ShardSettings(
                        shardCount,
                        true,
                        256,
                        1 << 20,
                        64 << 10,
                        1_000,
                        1_000,
                        86_400_000,
                        100,
                        1 << 20);
        broker = ShardedBroker.start(store, settings, clock, random, shards, _ -> failed = true);
        var ready = broker.ready().toCompletableFuture();
        turnUntil(ready::isDone);
        ready.join();
    }

    public ShardedBroker broker() {
        return broker;
    }

    /// The disk failed it: a server would stop now.
    public boolean hasFailed() {
        return failed;
    }

    /// One turn of somebody.
    public void turn(RandomGenerator random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> store.writer().turn();
            case 2 -> store.settler().turn();
            default -> shards.turnAny(random);
        }
    }

    /// Turns of everybody until it holds.
    public void turnUntil(BooleanSupplier done) {
        for (var turns = 0; !done.getAsBoolean(); turns++) {
            turnEverybody();
            if (failed) {
                throw new ProcessEnded();
            }
            if (turns > TURNS_MAX) {
                throw new InvariantBroken(
                        "EveryCommandIsAnswered",
                        "nothing came of " + TURNS_MAX + " turns of everybody");
            }
        }
    }

    /// Turns of everybody until nobody has anything to do.
    public void settle() {
        for (var turns = 0; turns < TURNS_MAX && turnEverybody(); turns++) {}
    }

    private boolean turnEverybody() {
        var worked = shards.turnAll();
        worked |= store.writer().turn();
        worked |= store.settler().turn();
        return worked;
    }
}
