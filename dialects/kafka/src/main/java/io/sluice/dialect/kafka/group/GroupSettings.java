package io.sluice.dialect.kafka.group;

import java.util.Map;

/// What an operator may choose about consumer groups. Names and defaults are Kafka's, except for the number of partitions:
/// Kafka's 50 spread groups over a cluster, here they would only spread them over a few shards.
///
/// @param offsetsPartitions `offsets.topic.num.partitions`: into how many partitions groups are hashed, 1 or more; takes effect
///     when the topic is created
/// @param initialRebalanceDelayMillis `group.initial.rebalance.delay.ms`: how long a new group waits for more members
/// @param offsetsRetentionMinutes `offsets.retention.minutes`: how long the offsets of an empty group are kept, 1 or more
/// @param minSessionTimeoutMillis `group.min.session.timeout.ms`: the shortest session of a classic member
/// @param maxSessionTimeoutMillis `group.max.session.timeout.ms`: the longest
/// @param consumerHeartbeatMillis `group.consumer.heartbeat.interval.ms` and `group.share.heartbeat.interval.ms`: how often members of KIP-848 groups report, and so
///     how quickly such a group rebalances; a group may set a longer one for itself
public record GroupSettings(
        int offsetsPartitions,
        int initialRebalanceDelayMillis,
        int offsetsRetentionMinutes,
        int minSessionTimeoutMillis,
        int maxSessionTimeoutMillis,
        int consumerHeartbeatMillis) {
    /// Kafka's longest heartbeat interval, which stays what it is.
    private static final int CONSUMER_HEARTBEAT_MILLIS_MAX = 15_000;

    public static final GroupSettings DEFAULT =
            new GroupSettings(16, 3000, 7 * 24 * 60, 6000, 1_800_000, 5000);

    public GroupSettings {
        require(offsetsPartitions >= 1, "offsets.topic.num.partitions is 1 or more");
        require(initialRebalanceDelayMillis >= 0, "group.initial.rebalance.delay.ms is 0 or more");
        require(offsetsRetentionMinutes >= 1, "offsets.retention.minutes is 1 or more");
        require(minSessionTimeoutMillis >= 1, "group.min.session.timeout.ms is 1 or more");
        require(
                maxSessionTimeoutMillis >= minSessionTimeoutMillis,
                "group.max.session.timeout.ms is not below group.min.session.timeout.ms");
        require(
                consumerHeartbeatMillis >= 1
                        && consumerHeartbeatMillis <= CONSUMER_HEARTBEAT_MILLIS_MAX,
                "group.consumer.heartbeat.interval.ms is 1 to " + CONSUMER_HEARTBEAT_MILLIS_MAX);
    }

    /// The same with another delay before a new group's first rebalance.
    public GroupSettings withInitialRebalanceDelayMillis(int millis) {
        return new GroupSettings(
                offsetsPartitions,
                millis,
                offsetsRetentionMinutes,
                minSessionTimeoutMillis,
                maxSessionTimeoutMillis,
                consumerHeartbeatMillis);
    }

    /// The same with another heartbeat interval of KIP-848 groups.
    public GroupSettings withConsumerHeartbeatMillis(int millis) {
        return new GroupSettings(
                offsetsPartitions,
                initialRebalanceDelayMillis,
                offsetsRetentionMinutes,
                minSessionTimeoutMillis,
                maxSessionTimeoutMillis,
                millis);
    }

    /// The same by Kafka's names.
    public Map<String, String> kafka() {
        return Map.of(
                "offsets.topic.num.partitions", Integer.toString(offsetsPartitions),
                "group.initial.rebalance.delay.ms", Integer.toString(initialRebalanceDelayMillis),
                "offsets.retention.minutes", Integer.toString(offsetsRetentionMinutes),
                "group.min.session.timeout.ms", Integer.toString(minSessionTimeoutMillis),
                "group.max.session.timeout.ms", Integer.toString(maxSessionTimeoutMillis),
                "group.consumer.heartbeat.interval.ms", Integer.toString(consumerHeartbeatMillis),
                "group.consumer.min.heartbeat.interval.ms",
                        Integer.toString(Math.min(5000, consumerHeartbeatMillis)),
                "group.share.heartbeat.interval.ms", Integer.toString(consumerHeartbeatMillis),
                "group.share.min.heartbeat.interval.ms",
                        Integer.toString(Math.min(5000, consumerHeartbeatMillis)));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
