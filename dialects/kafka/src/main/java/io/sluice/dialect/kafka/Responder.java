package io.sluice.dialect.kafka;

import org.apache.kafka.common.requests.AbstractResponse;

/// Where the answer to one request goes. Exactly one of the methods is called, exactly once, on any thread.
///
/// Answers leave in the order of the connection's requests, whatever order they come in here.
public interface Responder {
    void answer(AbstractResponse response);

    /// Answers with what `pending` assembles on the connection's loop.
    void answer(PendingAnswer pending);

    /// Answers with the request's own error response for `reason`, an exception that Kafka's `Errors` knows.
    void refuse(Throwable reason);

    /// The request has no answer (produce with acks=0).
    void stayQuiet();

    /// Ends the connection, which is logged once with the peer and `reason`.
    void hangUp(String reason);
}
