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

    public Failure {
        code = cut(code, CODE_MAX);
        text = cut(text, TEXT_MAX);
    }

    public boolean isUnsaid() {
        return code.isEmpty() && text.isEmpty();
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
