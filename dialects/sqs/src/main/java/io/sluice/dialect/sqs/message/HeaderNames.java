package io.sluice.dialect.sqs.message;

import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import java.util.Set;

/// The record headers in which SQS keeps what a record has no place for: docs/mapping.md.
final class HeaderNames {
    static final String MESSAGE_ID = "message-id";
    static final String SENDER_ID = "sqs-sender-id";
    static final String DEDUPLICATION_ID = "sqs-deduplication-id";
    static final String TRACE = "sqs-trace";

    /// The names and types of the attributes, in their order: `name NUL type` each, NUL between.
    static final String TYPES = "sqs-attributes";

    /// What is no attribute of the sender's.
    static final Set<String> OURS =
            Set.of(
                    MESSAGE_ID,
                    SENDER_ID,
                    DEDUPLICATION_ID,
                    TRACE,
                    TYPES,
                    Envelope.HEADER,
                    Once.HEADER);

    private HeaderNames() {}
}
