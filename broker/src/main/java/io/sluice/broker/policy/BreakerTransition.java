package io.sluice.broker.policy;

/// A step of a breaker from one state to another. All that a journal has to know of it.
public sealed interface BreakerTransition {
    /// When it happened, wall clock.
    long atMillis();

    /// Deliveries stop.
    ///
    /// @param untilMillis when probes are let through, wall clock; [#BY_HAND]: not before somebody closes it
    /// @param reason for people
    record Opened(long atMillis, long untilMillis, String reason) implements BreakerTransition {
        private static final int REASON_MAX = 200;

        public Opened {
            if (reason.length() > REASON_MAX) {
                reason = reason.substring(0, REASON_MAX);
            }
        }

        public boolean isForced() {
            return untilMillis == BY_HAND;
        }
    }

    /// Probes are let through, one at a time.
    record HalfOpened(long atMillis) implements BreakerTransition {}

    /// Deliveries go on.
    ///
    /// @param probes so many have succeeded, one after the other; 0: somebody wanted it so
    record Closed(long atMillis, int probes) implements BreakerTransition {}

    /// Nothing but a person ends it.
    long BY_HAND = 0;
}
