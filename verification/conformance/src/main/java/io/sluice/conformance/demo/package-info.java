/// The flash sale: a story of payments in which everything goes wrong that can, told by real clients of all three protocols to a real broker.
///
/// ```text
///   Kafka, AMQP, SQS producers ──▶ payments (order per account, retry, breaker, dead letters) ──▶ workers ──▶ payment gateway
///                                      │                                │                   (AMQP, SQS)      slow, down, back
///                                      │ a Kafka share group reads      │ poison
///                                      ▼                                ▼
///                                    audit                       payments.dead ──▶ redrive after the fix
/// ```
///
/// Nothing in it knows how the broker does it; what is claimed at the end is checked against what the gateway has seen.
@NullMarked
package io.sluice.conformance.demo;

import org.jspecify.annotations.NullMarked;
