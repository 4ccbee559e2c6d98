package io.sluice.engine.partition;

import io.sluice.broker.BrokerError;

/// What a partition says to a batch.
public sealed interface Decision {
    /// Append it, with this base offset.
    record Accept(long baseOffset) implements Decision {}

    /// It was appended before, at this base offset: say so once that append is durable, that is once the high watermark is past
    /// `lastOffset`.
    record Duplicate(long baseOffset, long lastOffset) implements Decision {}

    record Refused(BrokerError error) implements Decision {}
}
