package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.util.List;
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

    @Test
    void whatFollowsIsFoundTooAndGoesWithTheFirst() {
        batches.add(List.of(batch(10, 2, 1), batch(12, 1, 1), batch(20, 3, 1)));
        for (long offset : new long[] {10, 11, 12, 20, 22}) {
            assertThat(found(offset)).as("%d", offset).isTrue();
        }
        for (long offset : new long[] {9, 13, 19, 23}) {
            assertThat(found(offset)).as("%d", offset).isFalse();
        }
        assertThat(batches.at(22)).isNotNull().extracting(StoredBatch::baseOffset).isEqualTo(20L);

        for (int i = 0; i < KEPT; i++) {
            add(100 + i, 1, 1);
        }

        assertThat(found(10)).isFalse();
        assertThat(found(22)).isFalse();
    }

    private boolean found(long offset) {
        return batches.at(offset) != null;
    }

    private void add(long baseOffset, int records, int bytes) {
        batches.add(List.of(batch(baseOffset, records, bytes)));
    }

    private static StoredBatch batch(long baseOffset, int records, int bytes) {
        var builder = new BatchBuilder(Compression.NONE, baseOffset, 0);
        for (int i = 0; i < records; i++) {
            builder.add(0, null, new byte[bytes]);
        }
        return StoredBatch.of(builder.build().whole());
    }
}
