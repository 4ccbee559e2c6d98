package io.sluice.dialect.kafka;

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

    /// This broker as the client should call it: the advertised address if one is set, else the one it connected to.
    Node node();
}
