package io.sluice.server.admin;

import io.sluice.admin.management.Rules;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Exchange;
import java.util.Optional;

/// The rules of the management API are AMQP's.
public final class AmqpRules implements Rules {
    @Override
    public Optional<String> ofNew(Queue wanted) {
        return io.sluice.dialect.amqp.session.Rules.ofNew(wanted);
    }

    @Override
    public Optional<String> ofSame(Queue wanted, Queue present) {
        return io.sluice.dialect.amqp.session.Rules.ofSame(wanted, present);
    }

    @Override
    public Optional<String> ofNew(Exchange wanted) {
        return io.sluice.dialect.amqp.session.Rules.ofNew(wanted);
    }

    @Override
    public Optional<String> ofSame(Exchange wanted, Exchange present) {
        return io.sluice.dialect.amqp.session.Rules.ofSame(wanted, present);
    }
}
