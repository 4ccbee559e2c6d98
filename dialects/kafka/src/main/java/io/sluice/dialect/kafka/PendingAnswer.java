package io.sluice.dialect.kafka;

import org.apache.kafka.common.requests.AbstractResponse;

/// An answer that is put together on the connection's loop, which leaves the answering thread (mostly a shard's) to its
/// own work and may use what the loop owns. Exactly one of the methods is called, once.
public interface PendingAnswer {
    AbstractResponse assemble();

    /// The connection is gone: gives back what the answer holds.
    void drop();
}
