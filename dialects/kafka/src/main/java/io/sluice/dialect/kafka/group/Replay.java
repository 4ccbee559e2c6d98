package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import io.sluice.base.Slices;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader.LoadSummary;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;

/// Reads one partition of the offsets topic from its start to its end into a coordinator, a piece at a time.
///
/// ```text
///   start ─▶ first offset ─▶ fetch ─▶ replay ─▶ ... ─▶ nothing left before the high watermark ─▶ summary
/// ```
///
/// The broker is asked on any thread and answers on the shard's; records are replayed on the coordinator's thread, so that
/// a long log holds up no shard.
final class Replay {
    private static final int FETCH_BYTES = 1024 * 1024;

    private final Broker broker;
    private final Clock clock;
    private final CoordinatorThread thread;
    private final OffsetsPartition partition;
    private final CoordinatorPlayback<CoordinatorRecord> coordinator;
    private final BooleanSupplier stopped;
    private final ReplayedRecords records;

    private final CompletableFuture<LoadSummary> summary = new CompletableFuture<>();
    private final long startMillis;
    private long bytes;
    private long settledOffset;

    Replay(
            Broker broker,
            Clock clock,
            CoordinatorThread thread,
            OffsetsPartition partition,
            CoordinatorPlayback<CoordinatorRecord> coordinator,
            BooleanSupplier stopped) {
        this.broker = broker;
        this.clock = clock;
        this.thread = thread;
        this.partition = partition;
        this.coordinator = coordinator;
        this.stopped = stopped;
        this.records = new ReplayedRecords(coordinator);
        this.startMillis = clock.millis();
    }

    OffsetsPartition partition() {
        return partition;
    }

    /// Topics that something was committed for, as far as the log says.
    CommittedTopics topics() {
        return records.topics();
    }

    /// Done when the coordinator knows all; failed when the log cannot be read or makes no sense.
    CompletableFuture<LoadSummary> summary() {
        return summary;
    }

    void start() {
        broker.offset(
                partition.id(),
                new OffsetQuery.Earliest(),
                onward(answer -> read(answer.offset())));
    }

    private void read(long offset) {
        if (stopped.getAsBoolean()) {
            throw new NotCoordinatorException("the group coordinator has stopped");
        }
        var want = new Fetch.Want(partition.id(), offset, FETCH_BYTES);
        broker.fetch(
                new Fetch(List.of(want), 0, FETCH_BYTES, 0),
                onward(answers -> take(offset, answers.getFirst())));
    }

    private void take(long offset, Fetch.Answer answer) {
        switch (answer) {
            case Fetch.Answer.Refused(var error) -> throw KafkaErrors.exception(error);
            case Fetch.Answer.Found found -> {
                long next = replay(offset, found.records());
                if (next > offset && next < found.highWatermark()) {
                    settled(next);
                    read(next);
                } else {
                    // What compaction took from the end of the log leaves only the high watermark
                    // to tell of it.
                    end(Math.max(next, found.highWatermark()));
                }
            }
        }
    }

    /// Returns the offset behind the last batch.
    private long replay(long offset, Slices found) {
        long next = offset;
        try (found) {
            bytes += found.bytes();
            for (RecordBatch batch : MemoryRecords.readableRecords(found.copy()).batches()) {
                records.replay(batch);
                next = batch.nextOffset();
            }
        } catch (IOException unreadable) {
            throw new NotCoordinatorException("cannot read " + partition.name(), unreadable);
        }
        return next;
    }

    private void end(long endOffset) {
        settled(endOffset);
        partition.begin(endOffset);
        summary.complete(new LoadSummary(startMillis, clock.millis(), 0, records.count(), bytes));
    }

    /// The coordinator takes only growing offsets, and starts at 0.
    private void settled(long offset) {
        if (offset > settledOffset) {
            coordinator.updateLastWrittenOffset(offset);
            coordinator.updateLastCommittedOffset(offset);
            settledOffset = offset;
        }
    }

    /// Goes on with the answer on the coordinator's thread; whatever is thrown there ends the replay.
    private <T> Reply<T> onward(Consumer<T> step) {
        return new Reply<>() {
            @Override
            public void done(T value) {
                thread.execute(
                        () -> {
                            try {
                                step.accept(value);
                            } catch (RuntimeException failed) {
                                summary.completeExceptionally(failed);
                            }
                        });
            }

            @Override
            public void refused(BrokerError error) {
                summary.completeExceptionally(KafkaErrors.exception(error));
            }
        };
    }
}
