package io.sluice.schema.gate;

import java.util.concurrent.atomic.LongAdder;

/// Counts for [GateStatistics], from any thread.
final class Tally {
    private final LongAdder valid = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void took(long itsNanos) {
        nanos.add(itsNanos);
    }

    void valid(long records) {
        valid.add(records);
    }

    void rejected(long records) {
        rejected.add(records);
    }

    void deadLettered(long records) {
        deadLettered.add(records);
    }

    GateStatistics statistics() {
        return new GateStatistics(valid.sum(), rejected.sum(), deadLettered.sum(), nanos.sum());
    }
}
