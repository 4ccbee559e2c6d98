package io.sluice.broker.queue;

/// What a client asked for by `x-queue-type`. Every durable queue is safe here, so the difference is in what clients may ask
/// of it and are told.
public enum QueueType {
    CLASSIC,
    QUORUM,
    /// Read by offset, nothing is consumed: a topic without a queue's state.
    STREAM;

    /// What `queue` was declared as.
    public static QueueType of(Queue queue) {
        var json = queue.arguments().get("x-queue-type");
        return of(json == null ? "classic" : JsonText.unquoted(json));
    }

    /// `classic`, `quorum`, `stream`; anything else was refused when the queue was declared.
    static QueueType of(String text) {
        return switch (text) {
            case "quorum" -> QUORUM;
            case "stream" -> STREAM;
            default -> CLASSIC;
        };
    }
}
