package io.sluice.broker.message;

import java.util.ArrayList;
import java.util.List;

/// How a message failed before it was given up, or while it is tried again.
///
/// @param attempts tries that have failed, also those that are no longer told of; 0: none did, or nobody kept count
/// @param firstMillis when the first of them failed, wall clock
/// @param latest the latest of them, the oldest first
/// @param text what was said about the latest, for people; empty: nothing
public record FailureHistory(long attempts, long firstMillis, List<Attempt> latest, String text) {
    public static final FailureHistory NONE = new FailureHistory(0, 0, List.of(), "");

    /// One of them is kept whatever is asked for, as it says why the message died.
    private static final int KEPT_MIN = 1;

    public FailureHistory {
        latest = List.copyOf(latest);
    }

    /// A try that has failed.
    ///
    /// @param atMillis when, wall clock
    /// @param consumer who had the message, for people to read; empty: not known
    /// @param code as [io.sluice.broker.queue.Failure#code]
    public record Attempt(long atMillis, String consumer, String code) {}

    /// This and one more try.
    ///
    /// @param keptMax so many of the latest are told of
    public FailureHistory and(Attempt attempt, String itsText, int keptMax) {
        var all = new ArrayList<>(latest);
        all.add(attempt);
        int kept = Math.max(KEPT_MIN, keptMax);
        return new FailureHistory(
                attempts + 1,
                attempts == 0 ? attempt.atMillis() : firstMillis,
                all.subList(Math.max(0, all.size() - kept), all.size()),
                itsText);
    }

    /// The same of a message that is known to have failed so often, of which not all may have been written down.
    public FailureHistory atLeast(long failed) {
        return failed <= attempts ? this : new FailureHistory(failed, firstMillis, latest, text);
    }

    public boolean isEmpty() {
        return latest.isEmpty();
    }

    /// When the latest try failed, wall clock; 0: nobody knows.
    public long lastMillis() {
        return latest.isEmpty() ? 0 : latest.getLast().atMillis();
    }

    /// Why the latest try failed; empty: nobody has said.
    public String code() {
        return latest.isEmpty() ? "" : latest.getLast().code();
    }
}
