package io.sluice.dialect.kafka;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What an operator may choose about the Kafka dialect.
///
/// @param bind address and port to listen on; port 0 picks a free one
/// @param advertisedHost what clients are told to connect to, with the port they connected to; empty: the address they
///     connected to
/// @param autoCreateTopics whether asking for a topic's metadata creates it (`auto.create.topics.enable`)
/// @param defaultPartitions partitions of a topic created without a number (`num.partitions`), 1 or more
/// @param requestBytesMax the largest request that is read (`socket.request.max.bytes`)
/// @param connectionsMax connections at one time
/// @param idleMillisMax a connection without traffic for this long is closed (`connections.max.idle.ms`)
public record KafkaSettings(
        InetSocketAddress bind,
        Optional<String> advertisedHost,
        boolean autoCreateTopics,
        int defaultPartitions,
        int requestBytesMax,
        int connectionsMax,
        long idleMillisMax) {
    /// The one broker there is.
    public static final int NODE_ID = 1;

    /// Leadership never changes, so it stays in its first epoch.
    public static final int LEADER_EPOCH = 0;

    public KafkaSettings {
        if (defaultPartitions < 1) {
            throw new IllegalArgumentException(
                    "a topic has at least one partition: " + defaultPartitions);
        }
    }

    /// Kafka's defaults, on an address.
    public static KafkaSettings on(InetSocketAddress bind) {
        return new KafkaSettings(
                bind, Optional.empty(), true, 1, 100 * 1024 * 1024, 20_000, 600_000);
    }
}
