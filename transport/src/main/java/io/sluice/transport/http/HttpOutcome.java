package io.sluice.transport.http;

import java.nio.ByteBuffer;
import java.util.Map;

/// How a call went.
public sealed interface HttpOutcome {
    /// There was an answer. Its status counts, whatever became of the rest of it.
    ///
    /// @param fields headers by their names in lower case; of repeated ones the first
    /// @param bodyStart at most [#BODY_KEPT_BYTES]
    record Answered(int status, Map<String, String> fields, ByteBuffer bodyStart)
            implements HttpOutcome {
        public Answered {
            fields = Map.copyOf(fields);
        }
    }

    /// There was none.
    record Failed(Cause cause, String text) implements HttpOutcome {}

    /// Why there was no answer.
    enum Cause {
        UNKNOWN_HOST,
        /// The name has no address that may be connected to.
        REFUSED_ADDRESS,
        NOT_CONNECTED,
        /// The peer has no certificate that is trusted and says its name, or speaks no TLS that is good enough.
        TLS,
        TIMEOUT,
        /// The connection ended after the request was begun: it may or may not have been done.
        LOST,
        /// As [#LOST], but it was a connection that had served before and ended without a word: most probably because it had not been used for long.
        STALE,
        MALFORMED_ANSWER
    }

    /// Of an answer's body that much is kept.
    int BODY_KEPT_BYTES = 1024;
}
