package io.sluice.dialect.kafka;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;

/// What the handlers are built from.
///
/// @param broker shows and serves only topics that Kafka clients can name, whatever it was made from
public record KafkaServices(Broker broker, KafkaSettings settings, Clock clock) {
    public KafkaServices {
        broker = KafkaBroker.of(broker);
    }
}
