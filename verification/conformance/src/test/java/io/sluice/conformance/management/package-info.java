/// RabbitMQ's management API as tools use it. With `-Dsluice.management.reference=host:port` (and
/// `-Dsluice.amqp.reference=host:port`) the same tests run against RabbitMQ.
@NullMarked
package io.sluice.conformance.management;

import org.jspecify.annotations.NullMarked;
