package io.sluice.conformance.demo;

/// How things stood at one moment.
///
/// @param atMillis since the story began
/// @param sent,charged so far
/// @param perMinute payments that were sent in the minute, by the latest seconds
/// @param isBrokerAway whether it did not answer
record Sample(
        long atMillis,
        int sent,
        int charged,
        long perMinute,
        long ready,
        long leased,
        long waiting,
        String breaker,
        long deadLetters,
        Gateway.Mood gateway,
        boolean isBrokerAway) {

    /// Payments that are somewhere between the shops and the gateway's books.
    long depth() {
        return ready + leased + waiting;
    }

    boolean isBreakerOpen() {
        return breaker.contains("open") && !breaker.startsWith("half");
    }
}
