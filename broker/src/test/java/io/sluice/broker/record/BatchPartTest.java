package io.sluice.broker.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchPartTest {
    @Test
    void everyRunOfRecordsIsAnIntactBatchOfItsOwn() {
        var whole = batch("a", "bb", "", "dddd", "e");
        var starts = starts(whole);
        for (int first = 0; first < 5; first++) {
            for (int last = first; last < 5; last++) {
                var part = BatchPart.of(whole.whole(), starts.get(first), 100 + last);

                var read = joined(part);
                assertThat(part.count()).isEqualTo(last - first + 1);
                assertThat(read.isIntact()).isTrue();
                assertThat(read.baseOffset()).isEqualTo(100);
                assertThat(read.lastOffset()).isEqualTo(100 + last);
                assertThat(values(read))
                        .containsExactlyElementsOf(values(whole).subList(first, last + 1));
            }
        }
    }

    @Test
    void theBatchItselfStaysAsItIs() {
        var whole = batch("a", "b");
        var before = whole.whole().duplicate();
        var copy = ByteBuffer.allocate(before.remaining()).put(before.duplicate()).flip();

        var _ = BatchPart.of(whole.whole(), starts(whole).get(1), 101);

        assertThat(whole.whole()).isEqualTo(copy);
    }

    private static RecordBatch batch(String... values) {
        var batch = new BatchBuilder(Compression.NONE, 100, 1_000);
        for (var value : values) {
            batch.add(1_000, null, value.getBytes(StandardCharsets.UTF_8));
        }
        return batch.build();
    }

    private static List<Integer> starts(RecordBatch batch) {
        var starts = new ArrayList<Integer>();
        var records = batch.recordsFrom(RecordBatch.HEADER_BYTES);
        while (records.next()) {
            starts.add(records.position());
        }
        return starts;
    }

    /// As it goes over the wire.
    private static RecordBatch joined(BatchPart part) {
        var bytes =
                ByteBuffer.allocate(part.header().remaining() + part.records().remaining())
                        .put(part.header().duplicate())
                        .put(part.records().duplicate())
                        .flip();
        return switch (Parsed.of(bytes)) {
            case Parsed.Batch(var batch) -> {
                assertThat(batch.bytes()).isEqualTo(bytes.limit());
                yield batch;
            }
            case Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    private static List<String> values(RecordBatch batch) {
        var values = new ArrayList<String>();
        var records = batch.recordsFrom(RecordBatch.HEADER_BYTES);
        while (records.next()) {
            values.add(StandardCharsets.UTF_8.decode(records.value()).toString());
        }
        return values;
    }
}
