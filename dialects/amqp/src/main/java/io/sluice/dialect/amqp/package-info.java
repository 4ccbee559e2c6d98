/// RabbitMQ clients' way in: AMQP 0-9-1 with RabbitMQ's extensions, translated to the broker's port.
@NullMarked
package io.sluice.dialect.amqp;

import org.jspecify.annotations.NullMarked;
