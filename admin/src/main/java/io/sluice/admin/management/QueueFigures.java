package io.sluice.admin.management;

import io.sluice.broker.queue.QueueStatus;

/// A queue's status, and how fast its counters grow: per second, 0 as long as nobody knows.
record QueueFigures(
        QueueStatus status,
        double published,
        double delivered,
        double acknowledged,
        double redelivered,
        double ready,
        double leased) {

    long messages() {
        return status.ready() + status.leased();
    }
}
