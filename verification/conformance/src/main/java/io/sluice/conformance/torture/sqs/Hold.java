package io.sluice.conformance.torture.sqs;

/// A receive that brought something: the broker has lent it to `by` at some moment between the two.
///
/// @param askedNanos before the request went out
/// @param toldNanos when the answer was there
record Hold(String by, long askedNanos, long toldNanos) {
    /// Whether this one and `other` must both have held the same thing at one moment, unless it was released between them.
    boolean overlaps(Hold other, long visibilityNanos) {
        return toldNanos - other.askedNanos < visibilityNanos
                && other.toldNanos - askedNanos < visibilityNanos;
    }

    /// Whether it may be over at `now`.
    boolean mayBeOver(long now, long visibilityNanos) {
        return now - askedNanos >= visibilityNanos;
    }
}
