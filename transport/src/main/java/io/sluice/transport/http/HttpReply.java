package io.sluice.transport.http;

/// The place of a request's answer in its connection's order.
public interface HttpReply {
    /// Answers, exactly once, on any thread. The answer leaves when those of all earlier requests have; when the client is gone it is dropped.
    void send(HttpAnswer answer);

    /// Has `gone` run on the connection's loop if the client goes before it is answered: whoever waits for something on its behalf stops waiting. The
    /// reply still wants its answer, which is then dropped. Within [HttpService#handle] only, once.
    void whenGone(Runnable gone);
}
