package io.sluice.dialect.kafka.share;

import io.sluice.broker.queue.Receive;

/// What a member asks for.
///
/// @param owner whose leases they become
/// @param recordsMax,bytesMax of all parts together, 1 or more
record Limits(long owner, int recordsMax, long bytesMax, long leaseMillis, long waitMillis) {
    /// One part is asked, after so much was found elsewhere.
    Receive after(int records, long bytes, long wait) {
        return new Receive(
                owner,
                recordsMax - records,
                Math.max(1, bytesMax - bytes),
                leaseMillis,
                wait,
                Integer.MAX_VALUE);
    }
}
