package io.sluice.broker.policy;

import io.sluice.broker.queue.BreakerView.State;

/// Where a breaker stands: what of it outlives the process.
///
/// @param reason why it was opened last; empty: it never was
/// @param sinceMillis wall clock; 0: since it was made
/// @param untilMillis when an open one lets probes through, wall clock; 0: it is not open, or is so by force
/// @param openMillis how long it was opened for last without having closed since; 0: next time is the first time
public record BreakerState(
        State state, String reason, long sinceMillis, long untilMillis, long openMillis) {
    /// It has never opened.
    public static final BreakerState NEW = new BreakerState(State.CLOSED, "", 0, 0, 0);

    public BreakerState after(BreakerTransition transition) {
        return switch (transition) {
            case BreakerTransition.Opened opened when opened.isForced() ->
                    new BreakerState(
                            State.FORCED_OPEN, opened.reason(), opened.atMillis(), 0, openMillis);
            case BreakerTransition.Opened(long at, long until, String why) ->
                    new BreakerState(State.OPEN, why, at, until, until - at);
            case BreakerTransition.HalfOpened(long at) ->
                    new BreakerState(State.HALF_OPEN, reason, at, 0, openMillis);
            case BreakerTransition.Closed(long at, int _) ->
                    new BreakerState(State.CLOSED, reason, at, 0, 0);
        };
    }
}
