package io.sluice.engine.queue;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.FailureHistory;

/// A message on its way to the dead letters.
///
/// @param sinceMillis when it died, wall clock
/// @param history how it had failed
public record Dying(
        long offset, Reason reason, long sinceMillis, int note, FailureHistory history) {
    /// How often it failed, also when not every time was written down.
    public FailureHistory tries() {
        boolean failedLast = reason == Reason.REJECTED || reason == Reason.DELIVERY_LIMIT;
        return history.atLeast(Note.returned(note) + (failedLast ? 1 : 0));
    }
}
