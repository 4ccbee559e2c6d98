package io.sluice.broker.queue;

import java.nio.ByteBuffer;

/// Records of one stored batch, leased to one consumer: all that lie in `batch` from position `at` on with offsets up to `lastOffset`.
///
/// @param consumer who gets them; -1 for the answer to a [Queues#get]
/// @param batch an uncompressed record batch, whole; nobody changes it or moves its position, and the garbage collector owns it
/// @param at where in `batch` the first record (its length) begins
/// @param returned how often these messages were handed out before and came back, as far as that counted as a try
/// @param redelivered whether they may have been seen before, whether that counted or not
/// @param bytes what it takes of the consumer's window
public record Delivery(
        QueuePart part,
        long consumer,
        ByteBuffer batch,
        int at,
        long firstOffset,
        long lastOffset,
        int returned,
        boolean redelivered,
        long bytes) {}
