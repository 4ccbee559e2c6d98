package io.sluice.simulation.broker;

import io.sluice.engine.drive.Bell;
import io.sluice.engine.shard.Shard;
import io.sluice.engine.shard.ShardThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Shards whose turns are taken by the simulation's one thread.
final class TurnedShards implements ShardThreads {
    private final List<Shard> shards = new ArrayList<>();

    @Override
    public Bell drive(Shard shard) {
        shards.add(shard);
        return () -> {};
    }

    boolean turnAny(RandomGenerator random) {
        return !shards.isEmpty() && turn(shards.get(random.nextInt(shards.size())));
    }

    /// One turn of each.
    boolean turnAll() {
        var worked = false;
        for (var shard : List.copyOf(shards)) {
            worked |= turn(shard);
        }
        return worked;
    }

    private boolean turn(Shard shard) {
        if (shard.finished()) {
            shards.remove(shard);
            return false;
        }
        return shard.turn();
    }
}
