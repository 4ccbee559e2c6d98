package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.Action;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;

/// Results and errors as answers.
public final class Replies {
    private Replies() {}

    public static RawReply encode(Wire wire, Action action, Result result, String requestId) {
        throw new UnsupportedOperationException("to come: " + wire + action + result + requestId);
    }

    public static RawReply encode(Wire wire, SqsError error, String requestId) {
        throw new UnsupportedOperationException("to come: " + wire + error + requestId);
    }
}
