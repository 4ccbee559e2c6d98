package io.sluice.transport.http;

/// What a listener for HTTP does.
@FunctionalInterface
public interface HttpService {
    /// A whole request came in. Called on the connection's loop; must not block. The next one of the same connection may be handed over before this
    /// one is answered.
    ///
    /// @param request may be read until this returns; its headers and its body are then forgotten
    void handle(HttpRequest request, HttpReply reply);
}
