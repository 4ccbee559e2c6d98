package io.sluice.dialect.kafka;

/// Answers the requests of one API.
///
/// Called on the connection's event loop, which serves many connections: it must not block. The answer may come later, from
/// any thread. What it throws is answered with the request's own error response where Kafka knows the exception, and
/// closes the connection otherwise.
@FunctionalInterface
public interface RequestHandler {
    void handle(Request request, Responder responder);
}
