package io.sluice.engine.queue;

import io.sluice.broker.policy.BreakerState;
import java.nio.ByteBuffer;

/// Where a queue's breaker stands, for its snapshots. Owned by its queue's state.
final class BreakerSection implements SnapshotSection {
    private BreakerState breaker = BreakerState.NEW;

    BreakerState breaker() {
        return breaker;
    }

    void breaker(BreakerState is) {
        breaker = is;
    }

    @Override
    public int id() {
        return 2;
    }

    @Override
    public int bytesMax() {
        return breaker.equals(BreakerState.NEW) ? 0 : BreakerCodec.bytesMax(breaker.reason());
    }

    @Override
    public void write(ByteBuffer into) {
        BreakerCodec.write(breaker, into);
    }

    @Override
    public void read(ByteBuffer from) {
        breaker = BreakerCodec.read(from);
    }
}
