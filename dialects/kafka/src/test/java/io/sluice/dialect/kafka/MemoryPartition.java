package io.sluice.dialect.kafka;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/// One partition's batches, as they came, in a list. Owned by the memory broker's thread.
final class MemoryPartition {
    private static final int BASE_OFFSET = 0;
    private static final int LEADER_EPOCH = 12;
    private static final int LAST_OFFSET_DELTA = 23;

    private final List<Batch> batches = new ArrayList<>();
    private long start;
    private long next;

    private record Batch(long base, long last, ByteBuffer bytes) {}

    void append(Topic topic, Append append, Reply<Appended> reply) {
        var max = Integer.parseInt(topic.config().getOrDefault("max.message.bytes", "1048588"));
        var length = append.batch().bytes().remaining();
        if (length > max) {
            append.batch().release();
            reply.refused(new BrokerError.TooLarge(length, max));
        } else if (append.expectedOffset() != Append.ANYWHERE && append.expectedOffset() != next) {
            append.batch().release();
            reply.refused(new BrokerError.OffsetOutOfRange(append.expectedOffset(), start, next));
        } else {
            var bytes = ByteBuffer.allocate(length).put(append.batch().bytes().duplicate()).flip();
            append.batch().release();
            bytes.putLong(BASE_OFFSET, next).putInt(LEADER_EPOCH, 0);
            var batch = new Batch(next, next + bytes.getInt(LAST_OFFSET_DELTA), bytes);
            batches.add(batch);
            next = batch.last() + 1;
            reply.done(new Appended(batch.base(), start, false));
        }
    }

    Fetch.Answer read(long offset, int maxBytes, boolean atLeastOne) {
        if (offset < start || offset > next) {
            return new Fetch.Answer.Refused(new BrokerError.OffsetOutOfRange(offset, start, next));
        }
        var slices = new ArrayList<Slice>();
        var bytes = 0L;
        for (var batch : batches) {
            if (batch.last() >= offset) {
                bytes += batch.bytes().remaining();
                if (bytes > maxBytes && !(atLeastOne && slices.isEmpty())) {
                    break;
                }
                slices.add(new Slice.InMemory(batch.bytes().asReadOnlyBuffer()));
            }
        }
        return new Fetch.Answer.Found(next, start, new Slices(slices, () -> {}));
    }

    OffsetQuery.Answer offset(OffsetQuery query) {
        return switch (query) {
            case OffsetQuery.Earliest _ -> new OffsetQuery.Answer(start, -1);
            case OffsetQuery.Latest _ -> new OffsetQuery.Answer(next, -1);
            case OffsetQuery.Newest _ ->
                    records().stream()
                            .max(Comparator.comparingLong(Record::timestamp))
                            .map(MemoryPartition::at)
                            .orElse(new OffsetQuery.Answer(-1, -1));
            case OffsetQuery.AtTime(long millis) ->
                    records().stream()
                            .filter(record -> record.timestamp() >= millis)
                            .findFirst()
                            .map(MemoryPartition::at)
                            .orElse(new OffsetQuery.Answer(-1, -1));
        };
    }

    private static OffsetQuery.Answer at(Record record) {
        return new OffsetQuery.Answer(record.offset(), record.timestamp());
    }

    private List<Record> records() {
        return batches.stream()
                .flatMap(
                        batch ->
                                StreamSupport.stream(
                                        MemoryRecords.readableRecords(batch.bytes().duplicate())
                                                .batches()
                                                .spliterator(),
                                        false))
                .flatMap((RecordBatch batch) -> StreamSupport.stream(batch.spliterator(), false))
                .filter(record -> record.offset() >= start)
                .toList();
    }

    void delete(long before, Reply<Long> reply) {
        var target = before == -1 ? next : before;
        if (target > next) {
            reply.refused(new BrokerError.OffsetOutOfRange(before, start, next));
        } else {
            start = Math.max(start, target);
            batches.removeIf(batch -> batch.last() < start);
            reply.done(start);
        }
    }

    PartitionStatus status() {
        return new PartitionStatus(
                start,
                next,
                batches.stream().mapToLong(batch -> batch.bytes().remaining()).sum(),
                List.of());
    }
}
