package io.sluice.simulation;

/// What a simulation went through, so that nobody takes an idle one for a proof.
public final class Tally {
    /// Histories that ran to their end.
    public long histories;

    /// Times that the power went.
    public long crashes;

    /// Chunks, or records, that were acknowledged.
    public long acknowledged;

    /// Looks at a breaker that was open, and that was half open.
    public long open;

    public long halfOpen;

    @Override
    public String toString() {
        return histories
                + " histories, "
                + crashes
                + " crashes, "
                + acknowledged
                + " acknowledged, breakers seen open "
                + open
                + " times, half open "
                + halfOpen;
    }
}
