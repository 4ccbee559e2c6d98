package io.sluice.engine.partition;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keeps the records that somebody still needs, whatever lies around them: of a queue's topic those that are not consumed yet.
///
/// @param live their offsets, ascending, as far as they lie before `allFrom`
/// @param allFrom from this offset on everything is needed
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record LiveFilter(long[] live, long allFrom) implements RecordFilter {
    @Override
    public @Nullable RecordBatch kept(RecordBatch batch) {
        if (batch.baseOffset() >= allFrom) {
            return batch;
        }
        int from = Arrays.binarySearch(live, batch.baseOffset());
        int first = from < 0 ? -from - 1 : from;
        boolean none = first == live.length || live[first] > batch.lastOffset();
        if (none && batch.lastOffset() < allFrom) {
            return null;
        }
        if (!(Unpacked.of(batch, BatchTimes.UNPACKED_BYTES_MAX)
                instanceof Unpacked.Intact(var records))) {
            return batch;
        }
        return rewritten(batch, records, first);
    }

    private RecordBatch rewritten(RecordBatch batch, Records records, int first) {
        var builder = BatchBuilder.inPlaceOf(batch, RecordBatch.NO_TIMESTAMP);
        int next = first;
        while (records.next()) {
            while (next < live.length && live[next] < records.offset()) {
                next++;
            }
            if (records.offset() >= allFrom
                    || (next < live.length && live[next] == records.offset())) {
                builder.copy(records);
            }
        }
        return builder.count() == batch.count() ? batch : builder.build();
    }
}
