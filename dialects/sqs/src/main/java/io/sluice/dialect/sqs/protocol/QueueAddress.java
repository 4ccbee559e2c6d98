package io.sluice.dialect.sqs.protocol;

import java.util.Optional;

/// Which queue a client means. The host of a queue's URL says nothing: clients come through proxies, containers and other names.
///
/// @param account empty when the client named the queue only, which is then one of its own account
public record QueueAddress(Optional<String> account, String name) {
    /// Of a queue's URL, its path, or its bare name; none when it is neither.
    public static Optional<QueueAddress> of(String url) {
        var path = path(url);
        var query = path.indexOf('?');
        return ofPath(query < 0 ? path : path.substring(0, query));
    }

    /// Of `/<account>/<name>`, whatever stands before it, or `/<name>`; none when no name is in it.
    public static Optional<QueueAddress> ofPath(String path) {
        var end = path.endsWith("/") ? path.length() - 1 : path.length();
        var nameStart = path.lastIndexOf('/', end - 1) + 1;
        if (nameStart >= end) {
            return Optional.empty();
        }
        var name = path.substring(nameStart, end);
        if (nameStart < 2) {
            return Optional.of(new QueueAddress(Optional.empty(), name));
        }
        var account = path.substring(path.lastIndexOf('/', nameStart - 2) + 1, nameStart - 1);
        return Optional.of(
                new QueueAddress(
                        account.isEmpty() ? Optional.empty() : Optional.of(account), name));
    }

    private static String path(String url) {
        var scheme = url.indexOf("://");
        if (scheme < 0) {
            return url;
        }
        var host = scheme + 3;
        var slash = url.indexOf('/', host);
        return slash < 0 ? "" : url.substring(slash);
    }
}
