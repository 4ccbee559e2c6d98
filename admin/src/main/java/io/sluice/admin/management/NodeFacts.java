package io.sluice.admin.management;

import java.net.InetSocketAddress;
import java.util.List;

/// What the process and its machine are, at one moment.
///
/// @param name as RabbitMQ names nodes: `rabbit@host`
/// @param version Sluice's own
/// @param product,compatibleVersion what clients may take this for: RabbitMQ, and which one
/// @param memoryBytes what the process occupies
/// @param memoryBytesMax what it may
public record NodeFacts(
        String name,
        String version,
        String product,
        String compatibleVersion,
        long uptimeMillis,
        long pid,
        int processors,
        long memoryBytes,
        long memoryBytesMax,
        boolean memoryAlarm,
        long diskFreeBytes,
        long diskFreeBytesMin,
        boolean diskAlarm,
        long filesOpen,
        long filesMax,
        String dataDirectory,
        List<Listening> listeners) {
    public NodeFacts {
        listeners = List.copyOf(listeners);
    }

    /// A port that is open.
    ///
    /// @param protocol by RabbitMQ's names where it has one: `amqp`, `http`
    public record Listening(String protocol, InetSocketAddress address) {}
}
