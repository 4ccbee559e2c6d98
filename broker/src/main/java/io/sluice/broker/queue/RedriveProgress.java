package io.sluice.broker.queue;

import java.util.Optional;

/// How far a part has come with the redrive it worked on last. Parts work one after the other: the counts are those of the parts before it, too.
///
/// @param task its id; empty: there never was one
public record RedriveProgress(
        String task, State state, long moved, long skipped, long failed, Optional<String> failure) {
    public static final RedriveProgress NONE =
            new RedriveProgress("", State.NONE, 0, 0, 0, Optional.empty());

    public enum State {
        NONE,
        RUNNING,
        /// It has gone through all of it, or moved as many as it was to.
        COMPLETED,
        /// One had nowhere to go.
        FAILED,
        /// It was taken away.
        CANCELLED
    }

    public boolean isOf(String id) {
        return state != State.NONE && task.equals(id);
    }
}
