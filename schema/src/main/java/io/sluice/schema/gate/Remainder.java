package io.sluice.schema.gate;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is left of a batch without its invalid records.
///
/// A batch with producer sequences keeps its place in them: it has the offsets of all its records, some of which are empty, as compaction leaves them. So
/// the producer's next batch follows, a repetition is known as one, and every valid record has the offset that the producer is told. Any other batch is
/// made anew without holes, as queues count offsets.
final class Remainder {
    private Remainder() {}

    /// @param records stands before the first one
    /// @return null: nothing is left, and nobody keeps count
    static @Nullable RecordBatch of(
            RecordBatch batch, Records records, Map<Integer, String> invalid) {
        boolean keepsPlace = batch.hasProducer();
        var left =
                keepsPlace
                        ? BatchBuilder.inPlaceOf(batch, RecordBatch.NO_TIMESTAMP)
                        : new BatchBuilder(
                                batch.compression(),
                                0,
                                batch.baseTimestamp(),
                                batch.compression() == Compression.NONE ? batch.bytes() : 0);
        for (int place = 0; records.next(); place++) {
            if (invalid.containsKey(place)) {
                continue;
            }
            if (keepsPlace) {
                left.copy(records);
            } else {
                left.add(records.timestamp(), records.key(), records.value(), records.rawHeaders());
            }
        }
        return keepsPlace || left.count() > 0 ? left.build() : null;
    }
}
