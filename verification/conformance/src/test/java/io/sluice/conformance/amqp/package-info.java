/// RabbitMQ's Java client against a running broker: what `basic.*`, `queue.*`, `exchange.*`, `tx.*` and `confirm.*` do, and with
/// which words a broker refuses.
///
/// What a test expects was measured on RabbitMQ: with `-Dsluice.amqp.reference=host:port` the same tests meet one.
@NullMarked
package io.sluice.conformance.amqp;

import org.jspecify.annotations.NullMarked;
