package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;

/// Whether a partition exists, for what asks about its replicas: wherever it exists, this broker is its leader and its only
/// replica, always.
final class Replicas {
    private final Broker broker;

    Replicas(Broker broker) {
        this.broker = broker;
    }

    boolean exists(String topic, int partition) {
        return broker.catalog()
                .topic(topic)
                .filter(found -> 0 <= partition && partition < found.partitions())
                .isPresent();
    }
}
