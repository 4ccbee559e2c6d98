package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;

/// Takes the outcome of an operation, once, on any thread.
public interface Answering {
    void done(Result result);

    void refused(SqsError error);

    /// Has `gone` run if the client goes before it is answered.
    void whenGone(Runnable gone);
}
