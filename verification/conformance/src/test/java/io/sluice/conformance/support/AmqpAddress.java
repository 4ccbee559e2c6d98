package io.sluice.conformance.support;

import io.sluice.conformance.process.Ports;
import java.util.UUID;

/// Where the AMQP broker under test listens.
///
/// @param managementPort where it answers RabbitMQ's management API
public record AmqpAddress(String host, int port, int managementPort) {
    /// What RabbitMQ adds to one port for the other.
    private static final int TO_MANAGEMENT = 10_000;

    /// @param text `host:port`
    static AmqpAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        var port = Integer.parseInt(text.substring(colon + 1));
        return new AmqpAddress(text.substring(0, colon), port, port + TO_MANAGEMENT);
    }

    static AmqpAddress of(Ports ports) {
        return new AmqpAddress("127.0.0.1", ports.amqp(), ports.admin());
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
