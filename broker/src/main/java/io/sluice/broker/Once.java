package io.sluice.broker;

import java.util.UUID;

/// That a message is to be appended only if no other with the same key was within [#WINDOW_MILLIS] (SQS FIFO deduplication). The batch holds that one
/// record, with the header [#HEADER].
///
/// @param id what the message is called: if it was there before, the reply says what that one was called
/// @param keyHigh,keyLow 128 bits of a hash: messages with equal ones are the same message
public record Once(long keyHigh, long keyLow, UUID id) {
    /// How long a message is remembered, from when it was appended first.
    public static final long WINDOW_MILLIS = 5 * 60 * 1000;

    /// The record header with key and id, 32 bytes big-endian, from which the window is known again after a crash.
    public static final String HEADER = "sluice-once";
}
