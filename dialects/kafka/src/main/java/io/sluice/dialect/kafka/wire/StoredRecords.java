package io.sluice.dialect.kafka.wire;

import io.sluice.base.Slices;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.RecordsSend;

/// Stored batches inside a response, which [ResponseEncoder] splices in instead of copying them.
///
/// @param slices closed by whoever sends the response, or by [#dropAll] when nobody does
public record StoredRecords(Slices slices) implements BaseRecords {
    @Override
    public int sizeInBytes() {
        return Math.toIntExact(slices.bytes());
    }

    @Override
    public RecordsSend<? extends BaseRecords> toSend() {
        throw new UnsupportedOperationException("stored records are sent by the transport");
    }

    /// Gives back what a fetch response holds that will not be sent.
    public static void dropAll(FetchResponseData response) {
        for (var topic : response.responses()) {
            for (var partition : topic.partitions()) {
                if (partition.records() instanceof StoredRecords stored) {
                    stored.slices.close();
                }
            }
        }
    }
}
