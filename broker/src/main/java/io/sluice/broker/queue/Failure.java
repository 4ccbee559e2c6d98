package io.sluice.broker.queue;

/// Why a consumer could not do with a message, in its own words.
///
/// @param code short and the same for the same cause, such as an HTTP status or an exception's name; at most 100 characters, the rest is cut off
/// @param text for people; at most 1,000 characters
public record Failure(String code, String text) {
    private static final int CODE_MAX = 100;
    private static final int TEXT_MAX = 1_000;

    /// Nothing was said.
    public static final Failure UNSAID = new Failure("", "");

    /// Nobody settled it in time.
    public static final Failure TIMEOUT =
            new Failure("timeout", "the consumer did not settle the message in time");

    /// Whoever had it is gone.
    public static final Failure CONNECTION_LOST =
            new Failure("connection_lost", "the consumer's connection or channel ended");

    /// What stands for [#UNSAID] where a message was given back, and where it was not wanted.
    public static final Failure RETURNED = new Failure("returned", "");

    public static final Failure REJECTED = new Failure("rejected", "");

    public Failure {
        code = cut(code, CODE_MAX);
        text = cut(text, TEXT_MAX);
    }

    public boolean isUnsaid() {
        return code.isEmpty() && text.isEmpty();
    }

    /// Whether it says no more than what became of the message.
    public static boolean isPlain(String code) {
        return code.isEmpty() || code.equals(RETURNED.code) || code.equals(REJECTED.code);
    }

    /// This, or `other` when nothing was said.
    public Failure or(Failure other) {
        return isUnsaid() ? other : this;
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
