package io.sluice.broker.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
    @Test
    void assigningAPlaceLeavesTheChecksumAlone() {
        var batch = twoRecords();
        int crc = batch.crc();
        batch.assign(1L << 40, 9);

        assertThat(batch.baseOffset()).isEqualTo(1L << 40);
        assertThat(batch.lastOffset()).isEqualTo((1L << 40) + 1);
        assertThat(batch.leaderEpoch()).isEqualTo(9);
        assertThat(batch.crc()).isEqualTo(crc);
        assertThat(batch.isIntact()).isTrue();
    }

    @Test
    void theBrokersTimeBecomesThatOfEveryRecord() {
        var batch = twoRecords();
        batch.stampAppendTime(123_456);

        assertThat(batch.isIntact()).isTrue();
        assertThat(batch.hasAppendTime()).isTrue();
        var records = ((Unpacked.Intact) Unpacked.of(batch, 1000)).records();
        while (records.next()) {
            assertThat(records.timestamp()).isEqualTo(123_456);
        }
    }

    @Test
    void everyFlippedBitBehindTheChecksumIsSeen() {
        var batch = twoRecords();
        var bytes = ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip();
        for (int bit = RecordBatch.CRC * 8; bit < bytes.limit() * 8; bit++) {
            byte was = bytes.get(bit / 8);
            bytes.put(bit / 8, (byte) (was ^ (1 << (bit % 8))));
            assertThat(RecordBatch.view(bytes, 0).isIntact()).isFalse();
            bytes.put(bit / 8, was);
        }
        assertThat(RecordBatch.view(bytes, 0).isIntact()).isTrue();
    }

    @Test
    void aLittleEndianBufferIsReadAllTheSame() {
        var batch = twoRecords();
        var bytes =
                ByteBuffer.allocate(batch.bytes())
                        .put(batch.slice())
                        .flip()
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(RecordBatch.view(bytes, 0).bytes()).isEqualTo(batch.bytes());
        assertThat(RecordBatch.view(bytes, 0).isIntact()).isTrue();
    }

    @Test
    void sequencesGoOnAtZeroBehindTheLargest() {
        assertThat(Sequence.plus(Integer.MAX_VALUE, 1)).isZero();
        assertThat(Sequence.plus(Integer.MAX_VALUE - 1, 3)).isEqualTo(1);
        assertThat(Sequence.minus(1, 3)).isEqualTo(Integer.MAX_VALUE - 1);
        assertThat(Sequence.minus(0, 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Sequence.follows(Integer.MAX_VALUE, 0)).isTrue();
        assertThat(Sequence.follows(5, 6)).isTrue();
        assertThat(Sequence.follows(5, 7)).isFalse();
    }

    private static RecordBatch twoRecords() {
        return new BatchBuilder(Compression.NONE, 0, 1000)
                .add(1000, new byte[] {1}, new byte[] {2})
                .add(2000, null, new byte[100])
                .build();
    }
}
