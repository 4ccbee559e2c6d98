package io.sluice.transport.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where an HTTP request goes.
///
/// @param host as it stands in the address; an IPv6 address without its brackets
/// @param path with the query, as it goes on the wire
public record HttpTarget(boolean tls, String host, int port, String path) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// Empty when it is no http or https address with a host, or one with a user or a fragment.
    public static Optional<HttpTarget> parse(String url) {
        try {
            var uri = new URI(new URI(url).toASCIIString());
            boolean tls = "https".equalsIgnoreCase(uri.getScheme());
            boolean known = tls || "http".equalsIgnoreCase(uri.getScheme());
            if (!known
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || uri.getPort() > 65_535) {
                return Optional.empty();
            }
            int port = uri.getPort() > 0 ? uri.getPort() : defaultPort(tls);
            return Optional.of(new HttpTarget(tls, bare(uri.getHost()), port, pathAndQuery(uri)));
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    /// For the header `Host`.
    public String authority() {
        var name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(tls) ? name : name + ":" + port;
    }

    /// The address without its query, which may hold what is nobody's business.
    public String withoutQuery() {
        int query = path.indexOf('?');
        return (tls ? "https://" : "http://")
                + authority()
                + (query < 0 ? path : path.substring(0, query));
    }

    /// Whether a connection to the one is good for the other.
    public boolean isSameServer(HttpTarget other) {
        return tls == other.tls && port == other.port && host.equalsIgnoreCase(other.host);
    }

    private static int defaultPort(boolean tls) {
        return tls ? HTTPS_PORT : HTTP_PORT;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String pathAndQuery(URI uri) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
