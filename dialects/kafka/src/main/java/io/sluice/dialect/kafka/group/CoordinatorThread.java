package io.sluice.dialect.kafka.group;

/// The one thread beside the shards that group coordination has: it starts coordinators, replays their logs, tells them of
/// topics, computes what is too long for a shard, and sounds the timers. The server lends it and stops it.
///
/// Tasks run one at a time. What one throws is logged and stops nothing. After the thread was stopped, tasks are dropped.
public interface CoordinatorThread {
    /// Runs `task` behind those that wait.
    void execute(Runnable task);

    /// Runs `task` no sooner than in `delayMillis`.
    void later(Runnable task, long delayMillis);
}
