package io.sluice.broker.queue;

/// A part's breaker at one moment.
///
/// @param reason why it is open or was opened last, for people; empty: it never was
/// @param sinceMillis since when it is in this state, wall clock; 0: since the queue was made
/// @param untilMillis when it lets probes through, wall clock; 0: it does not by itself
/// @param calls,failed,slow deliveries that the window holds, and of them those that failed or were slow
/// @param openings how often it has opened since the process started
public record BreakerView(
        State state,
        String reason,
        long sinceMillis,
        long untilMillis,
        long calls,
        long failed,
        long slow,
        long openings) {

    public enum State {
        /// Deliveries go on.
        CLOSED,
        /// Deliveries have stopped.
        OPEN,
        /// Probes find out whether they may go on.
        HALF_OPEN,
        /// Deliveries have stopped because somebody wanted it; nothing but a person ends it.
        FORCED_OPEN
    }

    /// What somebody wants of it.
    public enum Wish {
        /// To see it.
        LOOK,
        /// To stop deliveries until somebody closes it.
        OPEN,
        /// To have deliveries go on, with an empty window.
        CLOSE
    }
}
