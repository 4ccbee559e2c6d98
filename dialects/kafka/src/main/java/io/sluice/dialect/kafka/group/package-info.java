/// Consumer groups: Kafka's own group coordinator, hosted on our shards beside the partitions of `__consumer_offsets` that
/// it keeps its state in.
///
/// ```text
///   request ──▶ GroupOperation ──▶ Kafka's coordinator ── event ──▶ ShardEvents ──▶ the shard that owns the partition
///                                          ▲                                           │ decides, replays
///                                          │ high watermark                            ▼
///                                          └──────────────────────── OffsetsPartition ──▶ Broker.append
///
///   GroupCoordination   starts it for the first who asks, follows the catalog
///   RunningCoordinator  what Kafka's coordinator must be told: loads, topics, settings
///   OffsetsLoader       replays a partition into it
///   CoordinatorTimer    session deadlines, rebalance delays, write timeouts
/// ```
///
/// Nothing here touches the engine: the port is all that is needed.
@NullMarked
package io.sluice.dialect.kafka.group;

import org.jspecify.annotations.NullMarked;
