package io.sluice.engine.partition;

import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record as a test sees it.
record Entry(long offset, long timestamp, @Nullable String key, @Nullable String value) {
    static List<Entry> of(List<RecordBatch> batches) {
        var entries = new ArrayList<Entry>();
        batches.forEach(batch -> entries.addAll(of(batch)));
        return entries;
    }

    static List<Entry> of(RecordBatch batch) {
        var entries = new ArrayList<Entry>();
        var records = ((Unpacked.Intact) Unpacked.of(batch, 1 << 26)).records();
        while (records.next()) {
            entries.add(
                    new Entry(
                            records.offset(),
                            records.timestamp(),
                            text(records.key()),
                            text(records.value())));
        }
        return entries;
    }

    private static @Nullable String text(@Nullable ByteBuffer bytes) {
        return bytes == null ? null : StandardCharsets.UTF_8.decode(bytes).toString();
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
