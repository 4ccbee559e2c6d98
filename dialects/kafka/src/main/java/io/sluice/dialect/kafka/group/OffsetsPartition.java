package io.sluice.dialect.kafka.group;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter.Listener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One partition of the offsets topic as its coordinator writes it.
///
/// The coordinator wants to know at once where its batch ends up, the broker says so when it is durable. As nobody else
/// writes here, the next offset is counted ahead, and every append says which one it expects. If one is refused or
/// lands elsewhere, the coordinator's memory is ahead of the log: from then on nothing is written or told, and when
/// all replies are in, the coordinator is thrown away and loaded from the log again.
///
/// ```text
///            begin(end)              refused, or another offset             all replies in
///   closed ─────────────▶ writing ─────────────────────────────▶ broken ──────────────────▶ reload
/// ```
///
/// Owned by its partition's shard, except for [#begin] before the first append.
final class OffsetsPartition {
    private static final Logger log = LoggerFactory.getLogger(OffsetsPartition.class);

    private final Broker broker;
    private final PartitionId id;
    private final TopicPartition name;
    private final Consumer<OffsetsPartition> reload;

    private long nextOffset;
    private int inFlight;
    private boolean writing;
    private boolean broken;
    private @Nullable Listener listener;
    private int failures;

    /// @param reload called when what the coordinator remembers is not what the log holds
    OffsetsPartition(
            Broker broker, PartitionId id, TopicPartition name, Consumer<OffsetsPartition> reload) {
        this.broker = broker;
        this.id = id;
        this.name = name;
        this.reload = reload;
    }

    PartitionId id() {
        return id;
    }

    TopicPartition name() {
        return name;
    }

    /// Reloads in a row because of a failed write.
    int failures() {
        return failures;
    }

    /// The coordinator has read everything before `endOffset` and goes on there.
    void begin(long endOffset) {
        assert inFlight == 0 : "loaded while " + inFlight + " writes to " + name + " were open";
        nextOffset = endOffset;
        writing = true;
        broken = false;
    }

    void listen(Listener coordinator) {
        listener = coordinator;
    }

    void unlisten(Listener coordinator) {
        if (coordinator.equals(listener)) {
            listener = null;
            writing = false;
        }
    }

    /// Writes one batch, whose buffer is the caller's again afterwards.
    ///
    /// @return the offset behind it
    long append(MemoryRecords records) {
        if (!writing) {
            throw new NotLeaderOrFollowerException(name + " is being loaded again");
        }
        long expected = nextOffset;
        nextOffset += count(records);
        long end = nextOffset;
        inFlight++;
        broker.append(
                new Append(id, copy(records), expected),
                new Reply<>() {
                    @Override
                    public void done(Appended appended) {
                        written(expected, appended.baseOffset(), end);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        lost(error.message());
                    }
                });
        return end;
    }

    private static long count(MemoryRecords records) {
        var batches = records.batches().iterator();
        RecordBatch batch = batches.next();
        assert !batches.hasNext() : "a coordinator writes one batch at a time";
        return batch.lastOffset() - batch.baseOffset() + 1;
    }

    private static Buffer copy(MemoryRecords records) {
        var bytes = ByteBuffer.allocate(records.sizeInBytes());
        bytes.put(records.buffer().duplicate()).flip();
        return Buffer.unpooled(bytes);
    }

    private void written(long expected, long actual, long end) {
        if (actual != expected) {
            lost("a batch meant for offset " + expected + " went to " + actual);
        } else {
            replied();
            if (writing && listener != null) {
                failures = 0;
                listener.onHighWatermarkUpdated(name, end);
            }
        }
    }

    private void lost(String why) {
        if (writing) {
            log.warn("group coordinator of {} loads again: {}", name, why);
            failures++;
            writing = false;
            broken = true;
        }
        replied();
    }

    private void replied() {
        inFlight--;
        if (broken && inFlight == 0) {
            broken = false;
            reload.accept(this);
        }
    }
}
