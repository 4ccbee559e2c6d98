package io.sluice.dialect.kafka.data;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.protocol.Errors;

/// What the gate says of a batch that a client sent.
sealed interface Verdict {
    /// It may be appended.
    ///
    /// @param batch the client's bytes, or new ones if the topic wants another compression
    /// @param sent true when `batch` lies in the request's memory
    /// @param appendMillis the time that the topic gave the records, -1 where they keep their own
    record Fit(ByteBuffer batch, boolean sent, long appendMillis) implements Verdict {}

    /// @param records which of them are at fault, where that is known
    record Unfit(Errors error, String message, List<BatchIndexAndErrorMessage> records)
            implements Verdict {
        Unfit(Errors error, String message) {
            this(error, message, List.of());
        }
    }
}
