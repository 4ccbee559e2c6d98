package io.sluice.conformance.torture.sqs;

import org.jspecify.annotations.Nullable;

/// One message on its way. Guarded by its [Ledger].
final class Passage {
    final String body;
    boolean acknowledged;
    boolean deleted;

    /// Deletions that were asked for and whose answer has not come, and perhaps never will.
    int deletionsUnknown;

    /// As the broker has called it.
    @Nullable String messageId;

    @Nullable Hold hold;

    Passage(String body) {
        this.body = body;
    }

    boolean mayBeDeleted() {
        return deleted || deletionsUnknown > 0;
    }

    boolean isOpen() {
        return acknowledged && !mayBeDeleted();
    }
}
