/// What a message is beside its body: how it lies in a record, so that every dialect finds there what the others put in.
///
/// ```text
///   record key      what orders it: a Kafka key, an SQS group; none from AMQP
///   record value    the body
///   record headers  [`sluice`: the envelope] [readable headers, one per property, for Kafka consumers]
/// ```
///
/// docs/mapping.md has the whole table.
@NullMarked
package io.sluice.broker.message;

import org.jspecify.annotations.NullMarked;
