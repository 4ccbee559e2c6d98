package io.sluice.dialect.kafka;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;

/// What the handlers are built from.
public record KafkaServices(Broker broker, KafkaSettings settings, Clock clock) {}
