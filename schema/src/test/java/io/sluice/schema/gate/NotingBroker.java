package io.sluice.schema.gate;

import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.ForwardingBroker;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The broker behind the door, which notes what it is asked to append. For one thread that asks.
final class NotingBroker extends ForwardingBroker {
    private final List<Noted> noted = new ArrayList<>();
    private @Nullable PartitionId full;

    NotingBroker(Broker broker) {
        super(broker);
    }

    /// @param batch as it came, whatever became of its bytes since
    record Noted(Append append, RecordBatch batch) {}

    List<Noted> noted() {
        return List.copyOf(noted);
    }

    /// From now on this partition takes nothing.
    void refuse(PartitionId partition) {
        full = partition;
    }

    @Override
    public void append(Append append, Reply<Appended> reply) {
        var bytes = append.batch().bytes();
        var copy = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        noted.add(new Noted(append, RecordBatch.view(copy, 0)));
        if (append.partition().equals(full)) {
            append.batch().release();
            reply.refused(new BrokerError.StorageFull("the disk is full"));
        } else {
            super.append(append, reply);
        }
    }
}
