package io.sluice.broker.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever the bytes: an answer, soon, without much memory.
class MalformedBatchTest {
    private static final int LIMIT = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void damagedBytesAreAValueAndNeverACrash(Compression compression) {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 3_000; i++) {
                        var batch = RandomBatches.batch(compression, RandomBatches.records(rng, 0));
                        var bytes = new byte[batch.bytes()];
                        batch.slice().get(bytes);
                        damage(rng, bytes);
                        var cut =
                                rng.chance(20)
                                        ? Arrays.copyOf(bytes, rng.below(bytes.length))
                                        : bytes;
                        read(ByteBuffer.wrap(cut));
                    }
                });
    }

    @Test
    void noiseIsAValueAndNeverACrash() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 20_000; i++) {
                        var bytes = rng.bytes(rng.below(200));
                        if (bytes.length > RecordBatch.HEADER_BYTES) {
                            var buffer = ByteBuffer.wrap(bytes);
                            buffer.putInt(
                                    RecordBatch.LENGTH, bytes.length - RecordBatch.PREFIX_BYTES);
                            buffer.put(RecordBatch.MAGIC_AT, RecordBatch.MAGIC);
                            buffer.putShort(RecordBatch.ATTRIBUTES, (short) rng.below(5));
                            buffer.putInt(RecordBatch.LAST_OFFSET_DELTA, rng.below(10));
                            buffer.putInt(RecordBatch.COUNT, rng.below(10));
                        }
                        read(ByteBuffer.wrap(bytes));
                    }
                });
    }

    private static void damage(Rng rng, byte[] bytes) {
        for (int left = rng.below(4); left >= 0; left--) {
            int at = rng.chance(30) ? rng.below(RecordBatch.HEADER_BYTES) : rng.below(bytes.length);
            bytes[at] = (byte) rng.nextLong();
        }
        // Damage behind the header is only reached through a header that makes sense.
        if (rng.chance(70)) {
            ByteBuffer.wrap(bytes)
                    .putInt(RecordBatch.LENGTH, bytes.length - RecordBatch.PREFIX_BYTES)
                    .put(RecordBatch.MAGIC_AT, RecordBatch.MAGIC);
        }
    }

    private static void read(ByteBuffer bytes) {
        if (Parsed.of(bytes) instanceof Parsed.Batch(var batch)
                && Unpacked.of(batch, LIMIT) instanceof Unpacked.Intact(var records)) {
            assertThat(RandomBatches.read(records)).hasSize(batch.count());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBatchThatDecompressesToMoreThanTheLimitIsRefused(Compression compression) {
        var bomb = new BatchBuilder(compression, 0, 0).add(0, null, new byte[3 * LIMIT]).build();
        assertThat(bomb.bytes()).isLessThan(LIMIT / 4);

        assertThat(Unpacked.of(bomb, LIMIT))
                .isEqualTo(new Unpacked.Malformed("decompresses to more than 1048576 bytes"));
        assertThat(Unpacked.of(bomb, 4 * LIMIT)).isInstanceOf(Unpacked.Intact.class);
    }

    @ParameterizedTest
    @EnumSource
    void aLimitThatIsJustReachedIsNotExceeded(Compression compression) {
        var batch = new BatchBuilder(compression, 0, 0).add(0, null, new byte[10_000]).build();
        int plain =
                new BatchBuilder(Compression.NONE, 0, 0)
                                .add(0, null, new byte[10_000])
                                .build()
                                .bytes()
                        - RecordBatch.HEADER_BYTES;
        assertThat(Unpacked.of(batch, plain)).isInstanceOf(Unpacked.Intact.class);
    }

    @Test
    void headersThatMakeNoSenseAreRefusedWithTheReason() {
        assertThat(changed(RecordBatch.MAGIC_AT, (byte) 1))
                .isEqualTo(new Parsed.Malformed("magic 1 instead of 2"));
        assertThat(changed(RecordBatch.LENGTH, (byte) 0x7F)).isInstanceOf(Parsed.Malformed.class);
        assertThat(changed(RecordBatch.LENGTH, (byte) 0x80)).isInstanceOf(Parsed.Malformed.class);
        assertThat(changed(RecordBatch.COUNT, (byte) 0x10)).isInstanceOf(Parsed.Malformed.class);
        assertThat(changed(RecordBatch.COUNT, (byte) 0xFF)).isInstanceOf(Parsed.Malformed.class);
        assertThat(changed(RecordBatch.LAST_OFFSET_DELTA, (byte) 0xFF))
                .isInstanceOf(Parsed.Malformed.class);
        assertThat(changed(RecordBatch.ATTRIBUTES + 1, (byte) 7))
                .isInstanceOf(Parsed.Malformed.class);
        assertThat(Parsed.of(ByteBuffer.allocate(60)))
                .isEqualTo(new Parsed.Malformed("60 bytes are too few for a record batch"));
    }

    private static Parsed changed(int at, byte to) {
        var batch = new BatchBuilder(Compression.NONE, 0, 0).add(0, null, new byte[10]).build();
        var bytes = ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip();
        return Parsed.of(bytes.put(at, to));
    }
}
