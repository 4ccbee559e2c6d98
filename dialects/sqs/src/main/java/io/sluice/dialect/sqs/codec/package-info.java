/// SQS's two protocols as bytes and as values: AWS JSON 1.0, and Query, with forms in and XML out. No socket, no thread, no state.
///
/// ```text
///   RawRequest ──▶ Requests.decode ──▶ Decoded.Understood(dialect, operation) | Decoded.Refused(dialect, error)
///
///   dialect, action, result ──▶ Replies.encode ──▶ RawReply
///   dialect, error          ──▶ Replies.encode ──▶ RawReply
/// ```
@NullMarked
package io.sluice.dialect.sqs.codec;

import org.jspecify.annotations.NullMarked;
