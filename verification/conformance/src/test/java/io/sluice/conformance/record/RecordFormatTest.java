package io.sluice.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kafka's clients read what Sluice writes, and the other way round, byte for byte where both have the choice.
class RecordFormatTest {
    private static final int LIMIT = 1 << 24;

    @ParameterizedTest
    @EnumSource
    void whatKafkaWritesSluiceReads(Compression compression) {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 20; i++) {
                        var records = records(rng);
                        var bytes =
                                MemoryRecords.withIdempotentRecords(
                                                (byte) 2,
                                                500,
                                                codec(compression),
                                                77,
                                                (short) 3,
                                                1000,
                                                5,
                                                records)
                                        .buffer();
                        assertThat(Parsed.of(bytes)).isInstanceOf(Parsed.Batch.class);
                        var batch = RecordBatch.view(bytes, 0);
                        assertThat(batch.isIntact()).isTrue();
                        assertThat(batch.baseOffset()).isEqualTo(500);
                        assertThat(batch.lastOffset()).isEqualTo(499 + records.length);
                        assertThat(batch.producerId()).isEqualTo(77);
                        assertThat(batch.producerEpoch()).isEqualTo((short) 3);
                        assertThat(batch.baseSequence()).isEqualTo(1000);
                        assertThat(batch.lastSequence()).isEqualTo(999 + records.length);
                        assertThat(batch.leaderEpoch()).isEqualTo(5);
                        assertThat(batch.compression()).isEqualTo(compression);
                        assertThat(batch.maxTimestamp())
                                .isEqualTo(
                                        Arrays.stream(records)
                                                .mapToLong(SimpleRecord::timestamp)
                                                .max()
                                                .orElseThrow());
                        assertThat(read(batch)).isEqualTo(Arrays.asList(records));
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void whatSluiceWritesKafkaReads(Compression compression) {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 20; i++) {
                        var records = records(rng);
                        var batch = written(compression, records);
                        var kafka = new DefaultRecordBatchView(batch).batch();
                        kafka.ensureValid();
                        assertThat(kafka.lastOffset()).isEqualTo(batch.lastOffset());
                        assertThat(kafka.baseSequence()).isEqualTo(1000);
                        assertThat(kafka.producerId()).isEqualTo(77);
                        var found = new ArrayList<SimpleRecord>();
                        kafka.forEach(record -> found.add(new SimpleRecord(record)));
                        assertThat(found).isEqualTo(Arrays.asList(records));
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(names = "NONE")
    void uncompressedBatchesAreTheSameBytes(Compression compression) {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 50; i++) {
                        var records = records(rng);
                        var kafka =
                                MemoryRecords.withIdempotentRecords(
                                                (byte) 2,
                                                500,
                                                codec(compression),
                                                77,
                                                (short) 3,
                                                1000,
                                                -1,
                                                records)
                                        .buffer();
                        assertThat(written(compression, records).slice()).isEqualTo(kafka);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void theBrokersTimeIsReadByKafka(Compression compression) {
        var batch = written(compression, records(new Rng(1)));
        batch.stampAppendTime(123_456);
        var kafka = new DefaultRecordBatchView(batch).batch();
        kafka.ensureValid();
        assertThat(kafka.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        kafka.forEach(record -> assertThat(record.timestamp()).isEqualTo(123_456));
    }

    @ParameterizedTest
    @EnumSource
    void aDeleteHorizonIsReadByKafka(Compression compression) {
        var original = written(compression, records(new Rng(2)));
        var builder = BatchBuilder.inPlaceOf(original, 999_000);
        if (Unpacked.of(original, LIMIT) instanceof Unpacked.Intact(var records)
                && records.next()) {
            builder.copy(records);
        }
        var kafka = new DefaultRecordBatchView(builder.build()).batch();
        kafka.ensureValid();
        assertThat(kafka.deleteHorizonMs()).hasValue(999_000);
        assertThat(kafka.lastOffset()).isEqualTo(original.lastOffset());
        var first = kafka.iterator().next();
        assertThat(first.timestamp()).isEqualTo(read(original).getFirst().timestamp());
    }

    /// Kafka's view of one of our batches.
    private record DefaultRecordBatchView(RecordBatch of) {
        DefaultRecordBatch batch() {
            var bytes = ByteBuffer.allocate(of.bytes()).put(of.slice()).flip();
            return (DefaultRecordBatch)
                    MemoryRecords.readableRecords(bytes).batches().iterator().next();
        }
    }

    private static org.apache.kafka.common.compress.Compression codec(Compression compression) {
        return org.apache.kafka.common.compress.Compression.of(
                        CompressionType.forId(compression.id()))
                .build();
    }

    private static RecordBatch written(Compression compression, SimpleRecord[] records) {
        var builder =
                new BatchBuilder(compression, 500, records[0].timestamp())
                        .producer(77, (short) 3, 1000);
        long offset = 500;
        for (var record : records) {
            var headers =
                    Arrays.stream(record.headers())
                            .map(
                                    it ->
                                            new Header(
                                                    it.key(),
                                                    it.value() == null
                                                            ? null
                                                            : ByteBuffer.wrap(it.value())))
                            .toList();
            builder.add(offset++, record.timestamp(), record.key(), record.value(), headers);
        }
        return builder.build();
    }

    private static List<SimpleRecord> read(RecordBatch batch) {
        var all = new ArrayList<SimpleRecord>();
        if (Unpacked.of(batch, LIMIT) instanceof Unpacked.Intact(var records)) {
            while (records.next()) {
                var headers =
                        records.headers().stream()
                                .map(it -> new RecordHeader(it.key(), array(it.value())))
                                .toArray(RecordHeader[]::new);
                all.add(
                        new SimpleRecord(
                                records.timestamp(), records.key(), records.value(), headers));
            }
        }
        return all;
    }

    private static byte @Nullable [] array(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        var array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static SimpleRecord[] records(Rng rng) {
        var records = new SimpleRecord[1 + rng.below(200)];
        for (int i = 0; i < records.length; i++) {
            var headers = new RecordHeader[rng.below(3)];
            for (int j = 0; j < headers.length; j++) {
                headers[j] = new RecordHeader("h" + j + "-ü", bytes(rng, 30));
            }
            records[i] =
                    new SimpleRecord(
                            1_700_000_000_000L + rng.between(-100_000, 100_000),
                            bytes(rng, 30),
                            bytes(rng, 2000),
                            headers);
        }
        return records;
    }

    private static byte @Nullable [] bytes(Rng rng, int max) {
        if (rng.chance(10)) {
            return null;
        }
        var bytes = rng.bytes(rng.below(max));
        Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 'x');
        return bytes;
    }
}
