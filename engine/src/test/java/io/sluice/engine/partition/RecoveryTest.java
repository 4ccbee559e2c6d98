package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a partition makes of damaged, missing and trimmed bytes.
class RecoveryTest {
    private final Host host;
    private int batchBytes;

    RecoveryTest() throws IOException {
        host = new Host(Map.of());
    }

    @BeforeEach
    void tenBatchesOfTwoRecords() {
        for (int i = 0; i < 10; i++) {
            var batch = batch();
            batchBytes = batch.bytes();
            host.appendDurably(batch);
        }
    }

    @Test
    void aFlippedBitCostsItsBatchAndNoOther() throws IOException {
        host.tail.flip(3L * batchBytes + 70);
        host.restart();

        assertThat(host.partition.damages())
                .containsExactly(new Damage(3L * batchBytes, 4L * batchBytes, 6, 8));
        assertThat(host.partition.nextOffset()).isEqualTo(20);
        assertThat(Entry.of(host.read(8, 10_000)))
                .extracting(Entry::offset)
                .containsExactly(8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        assertThat(host.read(4, batchBytes))
                .extracting(RecordBatch::baseOffset)
                .containsExactly(4L);
    }

    @Test
    void aFlippedBitInTheLengthIsStridenOver() throws IOException {
        host.tail.flip(3L * batchBytes + 9);
        host.restart();

        assertThat(host.partition.damages()).hasSize(1);
        assertThat(host.partition.nextOffset()).isEqualTo(20);
        assertThat(host.partition.read(6, 10))
                .isInstanceOfSatisfying(
                        Fetch.Answer.Refused.class,
                        refused ->
                                assertThat(refused.error())
                                        .isInstanceOf(BrokerError.StorageFailed.class));
        assertThat(host.read(8, 10).getFirst().baseOffset()).isEqualTo(8);
        host.appendDurably(batch());
        assertThat(host.read(20, 10).getFirst().baseOffset()).isEqualTo(20);
    }

    @Test
    void aFlippedBitInTheOffsetIsSeen() throws IOException {
        host.tail.flip(3L * batchBytes + 7);
        host.restart();
        assertThat(host.partition.damages())
                .containsExactly(new Damage(3L * batchBytes, 4L * batchBytes, 6, 8));
    }

    @Test
    void afterADamagedEndNoOffsetIsGivenTwice() throws IOException {
        host.tail.zero(9L * batchBytes, 10L * batchBytes);
        host.restart();

        assertThat(host.partition.damages()).hasSize(1);
        long next = host.partition.nextOffset();
        assertThat(next).isGreaterThanOrEqualTo(20);
        assertThat(host.appendDurably(batch())).isEqualTo(new Decision.Accept(next));
        host.restart();
        assertThat(host.partition.nextOffset()).isEqualTo(next + 2);
        assertThat(host.read(next, 10).getFirst().baseOffset()).isEqualTo(next);
        assertThat(host.read(0, 10).getFirst().baseOffset()).isZero();
    }

    @Test
    void whatLiesBeforeTheCheckpointIsNotReadAgain() throws IOException {
        host.journal(host.partition.checkpointNow().orElseThrow());
        host.appendDurably(batch());
        assertThat(host.partition.bytesBehindCheckpoint()).isEqualTo(batchBytes);
        host.tail.flip(3L * batchBytes + 70);
        host.restart();

        assertThat(host.partition.damages()).isEmpty();
        assertThat(host.partition.nextOffset()).isEqualTo(22);
        assertThat(host.partition.startOffset()).isZero();
    }

    @Test
    void aCheckpointWaitsForWhatItSpeaksOf() {
        host.append(batch());
        assertThat(host.partition.checkpointNow()).isEmpty();
        host.append(batch());
        host.tail.force(1);
        assertThat(host.partition.checkpoint())
                .hasValueSatisfying(it -> assertThat(it.checkpoint().nextOffset()).isEqualTo(22));
    }

    @Test
    void theTailIsTrimmedOnlyUpToTheCheckpoint() throws IOException {
        deleteAll();
        assertThat(host.tail.start()).isZero();
        host.restart();
        assertThat(host.partition.startOffset()).isEqualTo(20);

        host.journal(host.partition.checkpointNow().orElseThrow());
        assertThat(host.tail.start()).isEqualTo(host.tail.end());
        host.restart();
        assertThat(host.partition.startOffset()).isEqualTo(20);
        assertThat(host.partition.highWatermark()).isEqualTo(20);
        assertThat(host.partition.status().bytes()).isZero();
        assertThat(host.appendDurably(batch())).isEqualTo(new Decision.Accept(20));
        assertThat(Entry.of(host.read(20, 10_000))).hasSize(2);
    }

    @Test
    void aTailShorterThanTheCheckpointLosesItsOffsetsForEver() throws IOException {
        host.journal(host.partition.checkpointNow().orElseThrow());
        var shorter = new MemoryLog("shorter");
        var again =
                Partition.open(
                        Host.ID,
                        host.settings,
                        shorter,
                        null,
                        Bodies.NONE,
                        PartitionCheckpoint.empty()
                                .after(PartitionFact.decode(host.facts.getLast().duplicate())),
                        host.now);

        assertThat(again.damages()).hasSize(1);
        assertThat(again.nextOffset()).isEqualTo(20);
        assertThat(again.highWatermark()).isEqualTo(20);
        assertThat(again.decide(batch(), host.now)).isEqualTo(new Decision.Accept(20));
        var batch = batch();
        batch.assign(20, 0);
        again.apply(batch, 0, host.now);
    }

    private void deleteAll() {
        if (host.partition.deleteRecords(-1) instanceof Deletion.Moved(var fact)) {
            host.journal(fact);
        }
    }

    private RecordBatch batch() {
        return new BatchBuilder(Compression.NONE, 0, host.now)
                .add(host.now, null, new byte[50])
                .add(host.now, null, new byte[50])
                .build();
    }
}
