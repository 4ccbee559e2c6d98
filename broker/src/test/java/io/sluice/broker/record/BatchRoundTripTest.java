package io.sluice.broker.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchRoundTripTest {
    private static final int LIMIT = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsRead(Compression compression) {
        Rng.run(
                1,
                rng -> {
                    for (int i = 0; i < 50; i++) {
                        var records = RandomBatches.records(rng, rng.below(1_000_000));
                        var batch = RandomBatches.batch(compression, records);

                        assertThat(batch.isIntact()).isTrue();
                        assertThat(batch.count()).isEqualTo(records.size());
                        assertThat(batch.baseOffset()).isEqualTo(records.getFirst().offset());
                        assertThat(batch.lastOffset()).isEqualTo(records.getLast().offset());
                        assertThat(batch.compression()).isEqualTo(compression);
                        var unpacked = Unpacked.of(batch, LIMIT);
                        assertThat(unpacked).isInstanceOf(Unpacked.Intact.class);
                        assertThat(RandomBatches.read(((Unpacked.Intact) unpacked).records()))
                                .usingRecursiveFieldByFieldElementComparator()
                                .isEqualTo(records);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfDirectMemoryIsReadToo(Compression compression) {
        var records = RandomBatches.records(new Rng(2), 5);
        var heap = RandomBatches.batch(compression, records);
        var direct = ByteBuffer.allocateDirect(heap.bytes() + 7).position(7);
        direct.put(heap.slice()).flip();

        assertThat(Parsed.at(direct, 7)).isInstanceOf(Parsed.Batch.class);
        var batch = RecordBatch.view(direct, 7);
        assertThat(batch.isIntact()).isTrue();
        assertThat(Unpacked.of(batch, LIMIT)).isInstanceOf(Unpacked.Intact.class);
    }

    @ParameterizedTest
    @EnumSource
    void keepingSomeRecordsKeepsTheOffsetsTheTimesAndTheProducer(Compression compression) {
        var original =
                new BatchBuilder(compression, 100, 5000)
                        .producer(77, (short) 3, 12)
                        .add(5000, key("a"), key("1"))
                        .add(6000, key("b"), null)
                        .add(7000, key("c"), key("3"), new Header("h", null))
                        .build();
        var records = ((Unpacked.Intact) Unpacked.of(original, LIMIT)).records();
        var builder = BatchBuilder.inPlaceOf(original, 99_000);
        records.next();
        records.next();
        builder.copy(records);
        var kept = builder.build();

        assertThat(kept.isIntact()).isTrue();
        assertThat(kept.baseOffset()).isEqualTo(100);
        assertThat(kept.lastOffset()).isEqualTo(102);
        assertThat(kept.lastSequence()).isEqualTo(14);
        assertThat(kept.producerId()).isEqualTo(77);
        assertThat(kept.hasDeleteHorizon()).isTrue();
        assertThat(kept.baseTimestamp()).isEqualTo(99_000);
        assertThat(kept.maxTimestamp()).isEqualTo(6000);
        assertThat(Unpacked.of(kept, LIMIT))
                .asInstanceOf(InstanceOfAssertFactories.type(Unpacked.Intact.class))
                .satisfies(
                        readable -> {
                            var only = readable.records();
                            assertThat(only.next()).isTrue();
                            assertThat(only.offset()).isEqualTo(101);
                            assertThat(only.timestamp()).isEqualTo(6000);
                            assertThat(only.hasValue()).isFalse();
                            assertThat(only.next()).isFalse();
                        });
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBatchKeepsItsPlace(Compression compression) {
        var original =
                new BatchBuilder(compression, 7, 1).add(1, null, null).add(2, null, null).build();
        var empty = BatchBuilder.inPlaceOf(original, RecordBatch.NO_TIMESTAMP).build();

        assertThat(empty.bytes()).isEqualTo(RecordBatch.HEADER_BYTES);
        assertThat(empty.count()).isZero();
        assertThat(empty.nextOffset()).isEqualTo(9);
        assertThat(empty.isIntact()).isTrue();
        assertThat(Unpacked.of(empty, LIMIT)).isInstanceOf(Unpacked.Intact.class);
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
