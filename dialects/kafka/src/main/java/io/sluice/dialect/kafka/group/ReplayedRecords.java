package io.sluice.dialect.kafka.group;

import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.Deserializer.UnknownRecordTypeException;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the records of an offsets partition to its coordinator, one by one, in order.
final class ReplayedRecords {
    private static final Logger log = LoggerFactory.getLogger(ReplayedRecords.class);

    private final GroupCoordinatorRecordSerde serde = new GroupCoordinatorRecordSerde();
    private final CoordinatorPlayback<CoordinatorRecord> coordinator;
    private final CommittedTopics topics = new CommittedTopics();
    private long count;

    ReplayedRecords(CoordinatorPlayback<CoordinatorRecord> coordinator) {
        this.coordinator = coordinator;
    }

    long count() {
        return count;
    }

    CommittedTopics topics() {
        return topics;
    }

    void replay(RecordBatch batch) {
        for (Record record : batch) {
            count++;
            if (batch.isControlBatch()) {
                replayMarker(batch, record);
            } else {
                replayState(batch, record);
            }
        }
    }

    private void replayMarker(RecordBatch batch, Record record) {
        switch (ControlRecordType.parse(record.key())) {
            case COMMIT -> endTransaction(batch, TransactionResult.COMMIT);
            case ABORT -> endTransaction(batch, TransactionResult.ABORT);
            case LEADER_CHANGE,
                    SNAPSHOT_HEADER,
                    SNAPSHOT_FOOTER,
                    KRAFT_VERSION,
                    KRAFT_VOTERS,
                    UNKNOWN -> {
                // Not about transactions: says nothing to a coordinator.
            }
        }
    }

    private void endTransaction(RecordBatch batch, TransactionResult result) {
        coordinator.replayEndTransactionMarker(batch.producerId(), batch.producerEpoch(), result);
    }

    private void replayState(RecordBatch batch, Record record) {
        try {
            var state = serde.deserialize(record.key(), record.value());
            topics.note(state);
            coordinator.replay(record.offset(), batch.producerId(), batch.producerEpoch(), state);
        } catch (UnknownRecordTypeException newer) {
            // Written by a newer version that this data directory was taken back from.
            log.warn(
                    "group state of unknown type {} at {} ignored",
                    newer.unknownType(),
                    record.offset());
        }
    }
}
