package io.sluice.broker;

import io.sluice.base.Slices;
import java.util.List;

/// Reads from several partitions at once, waiting for growth when there is too little.
///
/// Every partition answers whole batches from the one that holds `offset`; the first batch found is returned even if it is
/// larger than every limit, so that a reader always gets on.
///
/// @param minBytes answer as soon as this much is there (0 or less: at once)
/// @param maxBytes at most this much in all
/// @param maxWaitMillis wait no longer than this for `minBytes`
public record Fetch(List<Want> wants, int minBytes, int maxBytes, long maxWaitMillis) {
    public Fetch {
        wants = List.copyOf(wants);
    }

    /// @param maxBytes at most this much from this partition
    public record Want(PartitionId partition, long offset, int maxBytes) {}

    /// One answer per want, in their order. Who receives them closes every [Found#records].
    public sealed interface Answer {
        /// @param highWatermark the offset behind the last durable record
        /// @param records whole batches; empty at the end of the log
        record Found(long highWatermark, long startOffset, Slices records) implements Answer {}

        record Refused(BrokerError error) implements Answer {}
    }
}
