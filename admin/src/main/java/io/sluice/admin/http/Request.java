package io.sluice.admin.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// One HTTP request, whole.
///
/// @param method in capitals
/// @param target path and query as they came, still encoded
/// @param authorization the header of that name
/// @param reason the header `X-Reason`: why somebody closes what belongs to others
/// @param body from position to limit
/// @param peer who asks
public record Request(
        String method,
        String target,
        Optional<String> authorization,
        Optional<String> reason,
        ByteBuffer body,
        InetAddress peer) {

    /// The part of the target before the question mark.
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /// The part of the target behind the question mark; empty without one.
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
