package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import org.junit.jupiter.api.Test;

final class ApartBatchesTest {
    private static final int KEPT = 128;

    private final ApartBatches batches = new ApartBatches();

    @Test
    void findsTheBatchThatHoldsAnOffset() {
        add(10, 3, 1);
        add(20, 1, 1);

        assertThat(found(9)).isFalse();
        assertThat(found(10)).isTrue();
        assertThat(found(12)).isTrue();
        assertThat(found(13)).isFalse();
        assertThat(found(20)).isTrue();
        assertThat(batches.at(12)).isNotNull().extracting(StoredBatch::baseOffset).isEqualTo(10L);
    }

    @Test
    void theOneThatWasUsedLongestAgoGoesFirst() {
        for (int i = 0; i < KEPT; i++) {
            add(i, 1, 1);
        }
        assertThat(found(0)).isTrue();
        add(KEPT, 1, 1);

        assertThat(found(0)).isTrue();
        assertThat(found(1)).isFalse();
        assertThat(found(2)).isTrue();
        assertThat(found(KEPT)).isTrue();
    }

    @Test
    void fewLargeOnesAreKept() {
        for (int i = 0; i < 10; i++) {
            add(i, 1, 1 << 20);
        }

        assertThat(found(5)).isFalse();
        assertThat(found(7)).isTrue();
        assertThat(found(9)).isTrue();
    }

    @Test
    void oneThatComesAgainCountsOnce() {
        for (int i = 0; i < 10; i++) {
            add(0, 1, 1 << 20);
        }
        add(1, 1, 1 << 20);

        assertThat(found(0)).isTrue();
    }

    private boolean found(long offset) {
        return batches.at(offset) != null;
    }

    private void add(long baseOffset, int records, int bytes) {
        var builder = new BatchBuilder(Compression.NONE, baseOffset, 0);
        for (int i = 0; i < records; i++) {
            builder.add(0, null, new byte[bytes]);
        }
        var built = builder.build();
        batches.add(StoredBatch.of(built.whole()));
    }
}
