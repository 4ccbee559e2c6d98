package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.SqsError;

/// What a request turned out to be.
public sealed interface Decoded {
    record Understood(Operation operation) implements Decoded {}

    record Refused(SqsError error) implements Decoded {}
}
