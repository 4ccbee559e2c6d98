package io.sluice.dialect.amqp.session;

import io.sluice.broker.routing.Exchange;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a routing key leads in one version of the catalog.
///
/// @param exchange null: there is no such exchange
/// @param targets null: depends on more than the key, so that each message is routed anew; empty: nowhere
record Route(
        @Nullable Exchange exchange,
        String exchangeName,
        String routingKey,
        ByteBuffer exchangeBytes,
        ByteBuffer routingKeyBytes,
        @Nullable List<TargetSet> targets) {}
