package io.sluice.schema.gate;

/// What the gate has done since the process began.
///
/// @param valid,rejected,deadLettered records
/// @param nanos that looking at them took, all together
public record GateStatistics(long valid, long rejected, long deadLettered, long nanos) {
    /// Records that were looked at.
    public long records() {
        return valid + rejected + deadLettered;
    }
}
