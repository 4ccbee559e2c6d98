package io.sluice.dialect.kafka.data;

import io.sluice.base.Clock;
import io.sluice.broker.record.RecordBatch;
import io.sluice.dialect.kafka.KafkaSettings;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.PrimitiveRef;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogValidator;
import org.apache.kafka.storage.internals.log.RecordValidationException;

/// Looks at every record of a batch, with Kafka's own validator: for topics that demand keys (compacted ones) or that
/// store their records under a compression of their own.
final class RecordGate {
    private static final TopicPartition ANY = new TopicPartition("", 0);

    private final Time time;

    RecordGate(Clock clock) {
        this.time = new Now(clock);
    }

    /// @param bytes exactly the batch, whose header and checksum are right
    Verdict check(RecordBatch batch, ByteBuffer bytes, LogConfig topic) {
        var source = CompressionType.forId(batch.compression().id());
        var target = topic.compression.orElseGet(() -> Compression.of(source).build());
        var stamped = topic.messageTimestampType == TimestampType.LOG_APPEND_TIME;
        try {
            var validated =
                    new LogValidator(
                                    MemoryRecords.readableRecords(bytes),
                                    ANY,
                                    time,
                                    source,
                                    target,
                                    topic.compact,
                                    org.apache.kafka.common.record.internal.RecordBatch
                                            .CURRENT_MAGIC_VALUE,
                                    topic.messageTimestampType,
                                    topic.messageTimestampBeforeMaxMs,
                                    topic.messageTimestampAfterMaxMs,
                                    KafkaSettings.LEADER_EPOCH,
                                    AppendOrigin.CLIENT)
                            .validateMessagesAndAssignOffsets(
                                    PrimitiveRef.ofLong(0),
                                    Uncounted.INSTANCE,
                                    BufferSupplier.NO_CACHING);
            return new Verdict.Fit(
                    validated.validatedRecords().buffer(),
                    !validated.messageSizeMaybeChanged(),
                    stamped ? validated.logAppendTimeMs() : -1);
        } catch (RecordValidationException refused) {
            return new Verdict.Unfit(
                    Errors.forException(refused.invalidException()),
                    String.valueOf(refused.invalidException().getMessage()),
                    refused.recordErrors().stream()
                            .map(
                                    record ->
                                            new BatchIndexAndErrorMessage()
                                                    .setBatchIndex(record.batchIndex)
                                                    .setBatchIndexErrorMessage(record.message))
                            .toList());
        } catch (ApiException refused) {
            return new Verdict.Unfit(
                    Errors.forException(refused), String.valueOf(refused.getMessage()));
        } catch (KafkaException | IllegalArgumentException unreadable) {
            // What decompressors throw at bytes that are no stream of theirs.
            return new Verdict.Unfit(
                    Errors.CORRUPT_MESSAGE,
                    "the records cannot be read: " + unreadable.getMessage());
        }
    }

    /// Our clock as the validator wants it, which reads it and nothing else.
    private record Now(Clock clock) implements Time {
        @Override
        public long milliseconds() {
            return clock.millis();
        }

        @Override
        public long nanoseconds() {
            return clock.nanos();
        }

        @Override
        public void sleep(long millis) {
            throw new UnsupportedOperationException("an event loop must not sleep");
        }

        @Override
        public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis) {
            throw new UnsupportedOperationException("an event loop must not wait");
        }
    }

    /// Refusals are counted by error code, for all APIs alike.
    private enum Uncounted implements LogValidator.MetricsRecorder {
        INSTANCE;

        @Override
        public void recordInvalidMagic() {}

        @Override
        public void recordInvalidOffset() {}

        @Override
        public void recordInvalidSequence() {}

        @Override
        public void recordInvalidChecksums() {}

        @Override
        public void recordNoKeyCompactedTopic() {}
    }
}
