package io.sluice.dialect.kafka.data;

import io.sluice.base.Clock;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.server.record.BrokerCompressionType;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.jspecify.annotations.Nullable;

/// Decides whether a client's batch may be appended to a topic, on the bytes as they came.
///
/// What every batch is checked for costs a pass over its bytes (the checksum), its header and, if it is not compressed, a walk over its
/// records. A topic that demands more, namely keys or another compression, has them looked at one by one: [RecordGate].
///
/// Stricter than this Kafka is in one point: it decompresses every batch to walk over its records. That is most of the
/// work that a broker does for compressed data, and all it finds are clients that compute a right checksum over wrong
/// records.
final class BatchGate {
    private static final short ZSTD_SINCE = 7;
    private static final int KEPT = -1;

    private final Clock clock;
    private final RecordGate records;

    BatchGate(Clock clock) {
        this.clock = clock;
        this.records = new RecordGate(clock);
    }

    /// @param bytes the partition's records in the request, null when there are none
    /// @param version of the produce request
    Verdict check(@Nullable ByteBuffer bytes, short version, LogConfig topic) {
        if (bytes == null || !bytes.hasRemaining()) {
            return invalid("a produce request must have exactly one record batch per partition");
        }
        return switch (Parsed.of(bytes)) {
            case Parsed.Malformed(var reason) -> new Verdict.Unfit(Errors.CORRUPT_MESSAGE, reason);
            case Parsed.Batch(var batch) -> check(batch, bytes, version, topic);
        };
    }

    private Verdict check(RecordBatch batch, ByteBuffer bytes, short version, LogConfig topic) {
        if (batch.bytes() != bytes.remaining()) {
            return invalid("a produce request must have exactly one record batch per partition");
        }
        if (!batch.isIntact()) {
            return new Verdict.Unfit(
                    Errors.CORRUPT_MESSAGE, "the batch's checksum is not that of its bytes");
        }
        var unfit = header(batch, version);
        if (unfit == null) {
            unfit = times(batch, topic);
        }
        if (unfit != null) {
            return unfit;
        }
        if (topic.compact || recompressed(batch, topic)) {
            return records.check(batch, bytes, topic);
        }
        if (batch.compression() == Compression.NONE
                && Unpacked.of(batch, 0) instanceof Unpacked.Malformed(var reason)) {
            return invalid(reason);
        }
        if (topic.messageTimestampType == TimestampType.LOG_APPEND_TIME) {
            var now = clock.millis();
            batch.stampAppendTime(now);
            return new Verdict.Fit(bytes, true, now);
        }
        return new Verdict.Fit(bytes, true, KEPT);
    }

    private static Verdict.@Nullable Unfit header(RecordBatch batch, short version) {
        if (batch.isControl()) {
            return invalid("clients are not allowed to write control records");
        }
        if (batch.isTransactional()) {
            return new Verdict.Unfit(
                    Errors.INVALID_TXN_STATE, "this broker does not take transactions yet");
        }
        if (batch.count() < 1 || batch.count() != batch.lastOffsetDelta() + 1) {
            return invalid(
                    "a batch of %d records has the last offset delta %d"
                            .formatted(batch.count(), batch.lastOffsetDelta()));
        }
        if (batch.hasProducer()
                && (batch.producerId() < 0
                        || batch.producerEpoch() < 0
                        || batch.baseSequence() < 0)) {
            return invalid(
                    "producer %d comes with epoch %d and sequence %d"
                            .formatted(
                                    batch.producerId(),
                                    batch.producerEpoch(),
                                    batch.baseSequence()));
        }
        if (batch.compression() == Compression.ZSTD && version < ZSTD_SINCE) {
            return new Verdict.Unfit(
                    Errors.UNSUPPORTED_COMPRESSION_TYPE,
                    "produce version " + version + " cannot carry zstd");
        }
        return null;
    }

    private Verdict.@Nullable Unfit times(RecordBatch batch, LogConfig topic) {
        if (batch.hasAppendTime()) {
            return new Verdict.Unfit(
                    Errors.INVALID_TIMESTAMP,
                    "producers do not set the time stamp type to LogAppendTime");
        }
        if (topic.messageTimestampType == TimestampType.LOG_APPEND_TIME
                || batch.maxTimestamp() == RecordBatch.NO_TIMESTAMP) {
            return null;
        }
        var now = clock.millis();
        // The first two keep the subtractions from overflowing.
        if (batch.maxTimestamp() < 0
                || batch.baseTimestamp() < RecordBatch.NO_TIMESTAMP
                || batch.maxTimestamp() - now > topic.messageTimestampAfterMaxMs
                || now - batch.baseTimestamp() > topic.messageTimestampBeforeMaxMs) {
            return new Verdict.Unfit(
                    Errors.INVALID_TIMESTAMP,
                    "time stamps from %d to %d are outside of what the topic allows at %d"
                            .formatted(batch.baseTimestamp(), batch.maxTimestamp(), now));
        }
        return null;
    }

    private static boolean recompressed(RecordBatch batch, LogConfig topic) {
        return topic.compressionType != BrokerCompressionType.PRODUCER
                && topic.compression.orElseThrow().type().id != batch.compression().id();
    }

    private static Verdict.Unfit invalid(String message) {
        return new Verdict.Unfit(Errors.INVALID_RECORD, message);
    }
}
