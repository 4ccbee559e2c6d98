/// What SQS clients were told, and whether it is so.
///
/// ```text
///   senders ──▶ Ledger ◀── receivers     (which message was acknowledged, is held until when, is deleted)
/// ```
///
/// On a standard queue each try of a send is a message of its own. On a FIFO queue a sender tries the same one, with the same
/// deduplication id, until it is acknowledged: there it must be one message in the end.
///
/// Nobody sees when exactly the broker hands something out: between the request and its answer. What is a violation here is one
/// wherever between them it was.
@NullMarked
package io.sluice.conformance.torture.sqs;

import org.jspecify.annotations.NullMarked;
