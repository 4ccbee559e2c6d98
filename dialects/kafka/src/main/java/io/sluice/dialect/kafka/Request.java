package io.sluice.dialect.kafka;

import io.sluice.base.Buffer;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestContext;

/// One parsed request, with who sent it and over which connection.
///
/// Parts of [#body] may lie in the network's buffer (records do): they are valid until the request is answered, and
/// whoever needs them longer copies or retains them.
public interface Request {
    /// Header, client address and principal, as Kafka's coordinators want them.
    RequestContext context();

    AbstractRequest body();

    /// The body as what its API makes it.
    default <T extends AbstractRequest> T body(Class<T> type) {
        return type.cast(body());
    }

    /// The request's version, which lies within what its [Api] offers.
    default short version() {
        return context().header.apiVersion();
    }

    /// The request's bytes as the broker's port takes them: a part of the network's buffer, kept until it is released.
    ///
    /// @param part a view of bytes of this request, such as the records of [#body]
    Buffer lend(ByteBuffer part);

    /// Runs `cancel`, on the connection's loop, if the connection ends or the server stops before the request is answered. Called by
    /// the handler before it returns, for a request that waits for something.
    void onEnd(Runnable cancel);

    /// What the connection keeps of that type between its requests; made by `fresh` at the first call. Used on the
    /// connection's loop only.
    <T extends Attachment> T attachment(Class<T> type, Supplier<T> fresh);

    /// Something that lives as long as the connection.
    interface Attachment {
        /// The connection is gone.
        void detached();
    }

    /// This broker as the client should call it: the advertised address if one is set, else the one it connected to.
    Node node();
}
