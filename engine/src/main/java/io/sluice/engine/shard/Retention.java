package io.sluice.engine.shard;

import io.sluice.engine.partition.PartitionFact;
import java.util.ArrayDeque;

/// Looks at every partition now and then: what is too old or too much goes. A few partitions per step. Owned by its shard's loop.
final class Retention {
    private static final int PARTITIONS_PER_STEP = 32;

    private final Shard shard;
    private final ArrayDeque<HostedPartition> round = new ArrayDeque<>();
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::begin);

    Retention(Shard shard) {
        this.shard = shard;
    }

    /// Begins the first round after one interval, and a next one an interval after the end of each.
    void schedule() {
        shard.timers()
                .schedule(timer, shard.monotonicMillis() + shard.settings().retentionMillis());
    }

    private void begin() {
        round.addAll(shard.partitions());
        shard.background().add(_ -> step());
    }

    private boolean step() {
        for (int looked = 0; looked < PARTITIONS_PER_STEP; looked++) {
            var hosted = round.poll();
            if (hosted == null) {
                shard.checkpoints().tidy();
                schedule();
                return false;
            }
            look(hosted);
        }
        return true;
    }

    private void look(HostedPartition hosted) {
        if (hosted.isDropped() || hosted.factsPending > 0) {
            return;
        }
        hosted.partition()
                .expireProducers(shard.nowMillis(), shard.settings().producerExpiryMillis());
        var fact = hosted.partition().retention(shard.nowMillis());
        if (fact.isPresent()) {
            journal(hosted, fact.get());
        } else {
            shard.checkpoints().offer(hosted);
        }
    }

    /// Where it cannot be journalled now, the next round decides anew.
    private void journal(HostedPartition hosted, PartitionFact fact) {
        shard.stateLog().append(hosted, fact, _ -> {});
    }
}
