package io.sluice.broker.queue;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// That a queue's ready messages are to be moved: to where they died first, or to one queue. Attribute `x-sluice-redrive`, whose value is the task's
/// [#text] as JSON text. The broker does it, takes the attribute away when it has ended, and leaves `x-sluice-redriven` with how it went ([Redrives]).
///
/// @param id what the task is called
/// @param to a queue of the same namespace; empty: each message goes to the queue in which it died first
/// @param perSecond messages at most; 0: as fast as it goes
/// @param startedMillis wall clock
/// @param toMove messages that were ready when it started, for people to compare with
/// @param max messages; 0: any number
/// @param paused nothing is moved until it is not
/// @param strict it fails with the first message that has nowhere to go, as SQS's tasks do; otherwise that one stays, and is counted
/// @param filter which of them
public record Redrive(
        String id,
        Optional<String> to,
        int perSecond,
        long startedMillis,
        long toMove,
        long max,
        boolean paused,
        boolean strict,
        LetterFilter filter) {
    public static final String ATTRIBUTE = "x-sluice-redrive";
    public static final String ENDED_ATTRIBUTE = "x-sluice-redriven";

    /// What was written before there were filters: the first five, as they are.
    private static final int FIELDS_BEFORE = 5;

    private static final int FIELDS = 9;

    /// All of a queue, as SQS moves it.
    public Redrive(String id, Optional<String> to, int perSecond, long startedMillis, long toMove) {
        this(id, to, perSecond, startedMillis, toMove, 0, false, true, LetterFilter.ALL);
    }

    /// How a task ended.
    ///
    /// @param moved,skipped,failed messages: skipped ones are not what the filter says, or have been moved too often
    /// @param failure empty when it did not fail
    public record Ended(
            Redrive task,
            Status status,
            long moved,
            long skipped,
            long failed,
            long endedMillis,
            Optional<String> failure) {
        private static final int MORE_BEFORE = 3;
        private static final int MORE = 6;

        public enum Status {
            COMPLETED,
            CANCELLED,
            FAILED
        }

        public String text() {
            return String.join(
                    "|",
                    task.text(),
                    status.name(),
                    Long.toString(moved),
                    Long.toString(skipped),
                    Long.toString(failed),
                    Long.toString(endedMillis),
                    encoded(failure.orElse("")));
        }

        /// @throws IllegalArgumentException for a text that [#text] did not make
        public static Ended of(String text) {
            var fields = text.split("\\|", -1);
            return switch (fields.length) {
                case FIELDS_BEFORE + MORE_BEFORE ->
                        new Ended(
                                Redrive.before(fields),
                                Status.valueOf(fields[FIELDS_BEFORE]),
                                Long.parseLong(fields[FIELDS_BEFORE + 1]),
                                0,
                                0,
                                0,
                                some(fields[FIELDS_BEFORE + 2]));
                case FIELDS + MORE ->
                        new Ended(
                                Redrive.of(fields),
                                Status.valueOf(fields[FIELDS]),
                                Long.parseLong(fields[FIELDS + 1]),
                                Long.parseLong(fields[FIELDS + 2]),
                                Long.parseLong(fields[FIELDS + 3]),
                                Long.parseLong(fields[FIELDS + 4]),
                                some(decoded(fields[FIELDS + 5])));
                default -> throw new IllegalArgumentException("no ended redrive: " + text);
            };
        }
    }

    public Redrive paused(boolean is) {
        return new Redrive(id, to, perSecond, startedMillis, toMove, max, is, strict, filter);
    }

    /// The fields, a bar between; names are encoded so that none can hold one.
    public String text() {
        return String.join(
                "|",
                encoded(id),
                encoded(to.orElse("")),
                Integer.toString(perSecond),
                Long.toString(startedMillis),
                Long.toString(toMove),
                Long.toString(max),
                paused ? "paused" : "running",
                strict ? "strict" : "lenient",
                filter.line());
    }

    /// @throws IllegalArgumentException for a text that neither [#text] nor a version before has made
    public static Redrive of(String text) {
        var fields = text.split("\\|", -1);
        return switch (fields.length) {
            case FIELDS_BEFORE -> before(fields);
            case FIELDS -> of(fields);
            default -> throw new IllegalArgumentException("no redrive: " + text);
        };
    }

    private static Redrive before(String[] fields) {
        return new Redrive(
                fields[0],
                some(fields[1]),
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]));
    }

    private static Redrive of(String[] fields) {
        return new Redrive(
                decoded(fields[0]),
                some(decoded(fields[1])),
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                fields[6].equals("paused"),
                fields[7].equals("strict"),
                LetterFilter.of(fields[8]));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
