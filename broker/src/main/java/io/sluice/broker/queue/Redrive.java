package io.sluice.broker.queue;

import java.util.Optional;

/// That a queue's ready messages are to be moved: to where they died first, or to one queue. Attribute `x-sluice-redrive`, whose value is the task's
/// [#text] as JSON text. The broker does it, takes the attribute away when it has ended, and leaves `x-sluice-redriven` with how it went.
///
/// @param id what the task is called
/// @param to a queue of the same namespace; empty: each message goes to the queue in which it died first
/// @param perSecond messages at most; 0: as fast as it goes
/// @param startedMillis wall clock
/// @param toMove messages that were ready when it started
public record Redrive(
        String id, Optional<String> to, int perSecond, long startedMillis, long toMove) {
    public static final String ATTRIBUTE = "x-sluice-redrive";
    public static final String ENDED_ATTRIBUTE = "x-sluice-redriven";
    private static final int FIELDS = 5;

    /// How a task ended.
    ///
    /// @param moved messages
    /// @param failure empty when it did not fail
    public record Ended(Redrive task, Status status, long moved, Optional<String> failure) {
        public enum Status {
            COMPLETED,
            CANCELLED,
            FAILED
        }

        public String text() {
            return task.text() + "|" + status + "|" + moved + "|" + failure.orElse("");
        }

        /// @throws IllegalArgumentException for a text that [#text] did not make
        public static Ended of(String text) {
            var fields = text.split("\\|", -1);
            if (fields.length != FIELDS + 3) {
                throw new IllegalArgumentException("no ended redrive: " + text);
            }
            return new Ended(
                    Redrive.of(fields),
                    Status.valueOf(fields[FIELDS]),
                    Long.parseLong(fields[FIELDS + 1]),
                    Optional.of(fields[FIELDS + 2]).filter(reason -> !reason.isEmpty()));
        }
    }

    /// The fields, a bar between: none of them can hold one.
    public String text() {
        return id + "|" + to.orElse("") + "|" + perSecond + "|" + startedMillis + "|" + toMove;
    }

    /// @throws IllegalArgumentException for a text that [#text] did not make
    public static Redrive of(String text) {
        var fields = text.split("\\|", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("no redrive: " + text);
        }
        return of(fields);
    }

    private static Redrive of(String[] fields) {
        return new Redrive(
                fields[0],
                Optional.of(fields[1]).filter(name -> !name.isEmpty()),
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]));
    }
}
