package io.sluice.engine.partition;

import io.sluice.broker.BrokerError;

/// What a partition says to the wish to delete records from its front.
public sealed interface Deletion {
    /// Journal the fact and apply it.
    record Moved(PartitionFact.StartMoved fact) implements Deletion {}

    /// They are gone already.
    record Unchanged(long startOffset) implements Deletion {}

    record Refused(BrokerError error) implements Deletion {}
}
