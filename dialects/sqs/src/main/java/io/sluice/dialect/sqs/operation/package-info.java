/// What is done for each action, a file each, behind a routing table: values in, values out, on the broker's port.
///
/// ```text
///   Operation ──▶ Operations ──▶ one action's file ──▶ Broker, Queues ──▶ Call.done(Result) | Call.refuse(SqsError)
/// ```
@NullMarked
package io.sluice.dialect.sqs.operation;

import org.jspecify.annotations.NullMarked;
