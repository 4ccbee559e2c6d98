package io.sluice.conformance.support;

import java.util.UUID;

/// Where the AMQP broker under test listens.
public record AmqpAddress(String host, int port) {
    /// @param text `host:port`
    static AmqpAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        return new AmqpAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /// As clients want it that are given one string.
    public String url() {
        return "amqp://guest:guest@" + host + ":" + port + "/%2F";
    }

    /// A name that no other test has.
    public String name(String hint) {
        return hint + "-" + UUID.randomUUID().toString();
    }
}
