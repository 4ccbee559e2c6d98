package io.sluice.dialect.kafka.share;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.record.BatchPart;
import io.sluice.broker.record.RecordBatch;
import io.sluice.dialect.kafka.wire.StoredRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.message.ShareFetchResponseData.AcquiredRecords;
import org.apache.kafka.common.message.ShareFetchResponseData.PartitionData;

/// Records of one partition that were handed out, as a member is told of them: batches in the order of the log, and which of their offsets are its own.
///
/// A batch that was handed out whole goes as it is stored. Of others only what was handed out goes, under a header of its own: a record that came
/// back alone does not take thousands along that somebody else has.
final class HandedOut {
    private final HeldOffsets held;
    private final List<Slice> batches = new ArrayList<>();
    private final List<AcquiredRecords> acquired = new ArrayList<>();

    private HandedOut(HeldOffsets held) {
        this.held = held;
    }

    /// @param held gets what was handed out
    static void tell(List<Delivery> deliveries, HeldOffsets held, PartitionData answer) {
        var told = new HandedOut(held);
        deliveries.stream()
                .sorted(Comparator.comparingLong(Delivery::firstOffset))
                .forEach(told::add);
        answer.setRecords(new StoredRecords(new Slices(told.batches, () -> {})))
                .setAcquiredRecords(told.acquired);
    }

    private void add(Delivery delivery) {
        var batch = RecordBatch.view(delivery.batch(), 0);
        held.add(delivery.firstOffset(), delivery.lastOffset());
        boolean whole =
                delivery.at() == RecordBatch.HEADER_BYTES
                        && delivery.lastOffset() == batch.lastOffset();
        int count;
        if (whole) {
            batches.add(new Slice.InMemory(batch.slice()));
            count = batch.count();
        } else {
            var part = BatchPart.of(delivery.batch(), delivery.at(), delivery.lastOffset());
            batches.add(new Slice.InMemory(part.header()));
            batches.add(new Slice.InMemory(part.records()));
            count = part.count();
        }
        if (count < Counting.records(delivery)) {
            missing(delivery, batch);
        }
        acquire(delivery);
    }

    /// Compaction took some: those are held, but there is nothing to settle.
    private void missing(Delivery delivery, RecordBatch batch) {
        var records = batch.recordsFrom(delivery.at());
        long next = delivery.firstOffset();
        while (records.next() && records.offset() <= delivery.lastOffset()) {
            while (next < records.offset()) {
                held.missing(next++);
            }
            next = records.offset() + 1;
        }
    }

    private void acquire(Delivery delivery) {
        var count = (short) Math.min(Short.MAX_VALUE, delivery.returned() + 1);
        if (!acquired.isEmpty()) {
            var before = acquired.getLast();
            if (before.deliveryCount() == count
                    && before.lastOffset() + 1 == delivery.firstOffset()) {
                before.setLastOffset(delivery.lastOffset());
                return;
            }
        }
        acquired.add(
                new AcquiredRecords()
                        .setFirstOffset(delivery.firstOffset())
                        .setLastOffset(delivery.lastOffset())
                        .setDeliveryCount(count));
    }
}
