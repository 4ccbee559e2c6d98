package io.sluice.engine.partition;

import io.sluice.broker.PartitionId;

/// How the logs of a partition are called.
public final class LogNames {
    private LogNames() {}

    /// The log of batches as they came: `p.<topic id>.<index>`.
    public static String tail(PartitionId id) {
        return "p." + id.topic() + "." + id.index();
    }

    /// The compacted log of one generation: `c.<topic id>.<index>.<generation>`.
    public static String clean(PartitionId id, long generation) {
        return cleanPrefix(id) + generation;
    }

    /// What the names of all compacted logs of a partition start with. Those of other generations than the current one are left
    /// over from a compaction that did not end, or was just replaced.
    public static String cleanPrefix(PartitionId id) {
        return "c." + id.topic() + "." + id.index() + ".";
    }
}
