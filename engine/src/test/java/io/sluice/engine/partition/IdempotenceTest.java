package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Kafka's rules for sequences, case by case; each case asks the living partition and the one that was opened again.
class IdempotenceTest {
    private static final int MAX = Integer.MAX_VALUE;
    private final Host host = host();

    @Test
    void anUnknownProducerMayStartAnywhere() throws IOException {
        accepts(1, 0, 41, 0);
        accepts(1, 0, 42, 1);
    }

    @Test
    void sequencesFollowEachOther() throws IOException {
        append(1, 0, 0, 3);
        accepts(1, 0, 3, 3);
        refuses(1, 0, 5, new BrokerError.OutOfOrderSequence(1, 4, 5));
        refuses(1, 0, 2, new BrokerError.OutOfOrderSequence(1, 4, 2));
    }

    @Test
    void aBatchThatCameBeforeIsADuplicateWithItsFirstOffset() throws IOException {
        append(1, 0, 0, 10);
        append(1, 0, 10, 2);
        duplicates(batch(1, 0, 0, 10), 0, 9);
        duplicates(batch(1, 0, 10, 2), 10, 11);
    }

    @Test
    void theSameSequenceWithAnotherLengthIsNoDuplicate() throws IOException {
        append(1, 0, 0, 10);
        refuses(batch(1, 0, 0, 9), new BrokerError.OutOfOrderSequence(1, 10, 0));
    }

    @Test
    void fiveBatchesAreRememberedAndTheSixthLastIsNot() throws IOException {
        for (int i = 0; i < 6; i++) {
            append(1, 0, i, 1);
        }
        refuses(1, 0, 0, new BrokerError.OutOfOrderSequence(1, 6, 0));
        for (int i = 1; i < 6; i++) {
            duplicates(batch(1, 0, i, 1), i, i);
        }
    }

    @Test
    void aNewEpochStartsAtZero() throws IOException {
        append(1, 0, 0, 5);
        refuses(1, 1, 5, new BrokerError.OutOfOrderSequence(1, 0, 5));
        accepts(1, 1, 0, 5);
        refuses(1, 0, 5, new BrokerError.StaleProducerEpoch(1, (short) 1, (short) 0));
        refuses(1, 0, 0, new BrokerError.StaleProducerEpoch(1, (short) 1, (short) 0));
        accepts(1, 1, 1, 6);
    }

    @Test
    void afterTheLargestSequenceComesZero() throws IOException {
        append(1, 0, MAX - 1, 1);
        accepts(1, 0, MAX, 1);
        accepts(1, 0, 0, 2);
        duplicates(batch(1, 0, MAX, 1), 1, 1);
    }

    @Test
    void aBatchMayRunOverTheLargestSequence() throws IOException {
        append(1, 0, MAX - 1, 4);
        duplicates(batch(1, 0, MAX - 1, 4), 0, 3);
        refuses(1, 0, 1, new BrokerError.OutOfOrderSequence(1, 2, 1));
        accepts(1, 0, 2, 4);
    }

    @Test
    void aSilentProducerIsForgottenAndMayStartAnywhere() throws IOException {
        append(1, 0, 0, 1);
        host.now += 1000;
        append(2, 0, 0, 1);
        host.partition.expireProducers(host.now, 1000);
        assertThat(host.partition.status().producers())
                .extracting(PartitionStatus.Producer::id)
                .containsExactly(2L);
        assertThat(host.partition.decide(batch(1, 0, 7, 1), host.now))
                .isEqualTo(new Decision.Accept(2));
    }

    @Test
    void aDuplicateIsKnownBeforeItsFirstIsDurable() {
        host.append(batch(1, 0, 0, 2));
        assertThat(host.partition.highWatermark()).isZero();
        assertThat(host.partition.decide(batch(1, 0, 0, 2), host.now))
                .isEqualTo(new Decision.Duplicate(0, 1));
    }

    @Test
    void whatIsRememberedSurvivesAnyRestart() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var sequences = new int[40];
                    for (int i = 0; i < 1_000; i++) {
                        int producer = rng.below(sequences.length);
                        int count = 1 + rng.below(4);
                        append(producer, 0, sequences[producer], count);
                        sequences[producer] += count;
                        if (rng.chance(3)) {
                            host.partition.checkpointNow().ifPresent(host::journal);
                        }
                        if (rng.chance(3)) {
                            var before = remembered();
                            host.restart();
                            assertThat(remembered()).isEqualTo(before);
                        }
                    }
                });
    }

    private List<Long> remembered() {
        var numbers = new ArrayList<Long>();
        host.partition.producers().describe(numbers::add);
        return numbers;
    }

    @Test
    void aBatchWithoutAProducerIsNotCounted() {
        var plain = new BatchBuilder(Compression.NONE, 0, 0).add(0, null, null).build();
        assertThat(host.appendDurably(plain)).isEqualTo(new Decision.Accept(0));
        assertThat(host.partition.status().producers()).isEmpty();
    }

    @Test
    void aBatchLargerThanTheTopicAllowsIsRefused() {
        var large = new BatchBuilder(Compression.NONE, 0, 0).add(0, null, new byte[2000]).build();
        assertThat(host.partition.decide(large, host.now))
                .isEqualTo(new Decision.Refused(new BrokerError.TooLarge(large.bytes(), 1000)));
    }

    private void append(long producer, int epoch, int sequence, int count) {
        assertThat(host.appendDurably(batch(producer, epoch, sequence, count)))
                .isInstanceOf(Decision.Accept.class);
    }

    private void accepts(long producer, int epoch, int sequence, long offset) throws IOException {
        twice(batch(producer, epoch, sequence, 1), new Decision.Accept(offset));
        append(producer, epoch, sequence, 1);
    }

    private void refuses(long producer, int epoch, int sequence, BrokerError error)
            throws IOException {
        refuses(batch(producer, epoch, sequence, 1), error);
    }

    private void refuses(RecordBatch batch, BrokerError error) throws IOException {
        twice(batch, new Decision.Refused(error));
    }

    private void duplicates(RecordBatch batch, long baseOffset, long lastOffset)
            throws IOException {
        twice(batch, new Decision.Duplicate(baseOffset, lastOffset));
    }

    private void twice(RecordBatch batch, Decision expected) throws IOException {
        assertThat(host.partition.decide(batch, host.now)).isEqualTo(expected);
        host.restart();
        assertThat(host.partition.decide(batch, host.now))
                .as("after a restart")
                .isEqualTo(expected);
    }

    private RecordBatch batch(long producer, int epoch, int sequence, int count) {
        var builder =
                new BatchBuilder(Compression.NONE, 0, host.now)
                        .producer(producer, (short) epoch, sequence);
        for (int i = 0; i < count; i++) {
            builder.add(host.now, null, null);
        }
        return builder.build();
    }

    private static Host host() {
        try {
            return new Host(Map.of("max.message.bytes", "1000"));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
