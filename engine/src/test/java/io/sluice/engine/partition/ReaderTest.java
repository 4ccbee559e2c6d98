package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReaderTest {
    private final Host host;

    ReaderTest() throws IOException {
        host = new Host(Map.of());
    }

    @Test
    void whoReadsOnNeedsNoSearch() {
        append(2000, 1000);
        long offset = host.read(3, 20_000).getLast().nextOffset();
        int reads = host.tail.reads;
        for (int i = 0; i < 5; i++) {
            offset = host.read(offset, 300_000).getLast().nextOffset();
        }
        // One read of the bytes each, two where they lie in two segments: no header is looked at.
        assertThat(host.tail.reads - reads).isLessThanOrEqualTo(10);
    }

    @Test
    void theReaderAtTheTailReadsNothingButWhatIsNew() {
        append(1, 500);
        long offset = host.read(0, 10_000).getLast().nextOffset();
        assertThat(host.read(offset, 10_000)).isEmpty();
        for (int i = 0; i < 50; i++) {
            append(1, 500);
            int reads = host.tail.reads;
            offset = host.read(offset, 10_000).getLast().nextOffset();
            assertThat(host.tail.reads - reads).isEqualTo(1);
        }
        assertThat(host.partition.readable(offset)).isZero();
        append(1, 500);
        assertThat(host.partition.readable(offset))
                .isEqualTo(host.read(offset, 1).getFirst().bytes());
    }

    @Test
    void theFirstBatchComesHoweverLargeItIs() {
        append(3, 5000);
        assertThat(host.read(1, 1)).extracting(RecordBatch::baseOffset).containsExactly(1L);
        assertThat(host.read(1, 0)).extracting(RecordBatch::baseOffset).containsExactly(1L);
        assertThat(host.read(1, 10_300))
                .extracting(RecordBatch::baseOffset)
                .containsExactly(1L, 2L);
    }

    @Test
    void whatIsNotDurableIsNotThere() {
        append(1, 10);
        host.append(batch(10));
        assertThat(host.read(0, 10_000)).hasSize(1);
        assertThat(host.read(1, 10_000)).isEmpty();
        assertThat(host.read(2, 10_000)).isEmpty();
        assertThat(host.partition.read(3, 10)).isInstanceOf(Fetch.Answer.Refused.class);
        host.tail.forceAll();
        assertThat(host.read(1, 10_000)).hasSize(1);
    }

    @Test
    void offsetsOutsideOfTheLogAreRefused() {
        append(5, 10);
        host.journal(new PartitionFact.StartMoved(2));
        assertThat(host.partition.read(1, 10))
                .isEqualTo(new Fetch.Answer.Refused(new BrokerError.OffsetOutOfRange(1, 2, 5)));
        assertThat(host.partition.read(6, 10))
                .isEqualTo(new Fetch.Answer.Refused(new BrokerError.OffsetOutOfRange(6, 2, 5)));
        assertThat(host.read(2, 10)).hasSize(1);
    }

    private void append(int batches, int valueBytes) {
        for (int i = 0; i < batches; i++) {
            host.append(batch(valueBytes));
        }
        host.tail.forceAll();
    }

    private RecordBatch batch(int valueBytes) {
        return new BatchBuilder(Compression.NONE, 0, host.now)
                .add(host.now, null, new byte[valueBytes])
                .build();
    }
}
