package io.sluice.engine.partition;

import io.sluice.broker.BrokerError;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Sequence;

/// Kafka's rules for the batches of idempotent producers, in the order in which Kafka asks.
///
/// | the producer is | and the batch | then |
/// |---|---|---|
/// | known, same epoch | has the sequences of one of the last five | duplicate, answered with the first offset |
/// | not known | starts anywhere | accept (its state may have expired) |
/// | known, newer epoch | starts at 0 | accept |
/// | known, newer epoch | starts elsewhere | out of order |
/// | known, older epoch | | stale epoch |
/// | known, same epoch | follows the last one | accept |
/// | known, same epoch | does not | out of order |
final class Idempotence {
    private Idempotence() {}

    static Decision decide(Producers producers, RecordBatch batch, long nextOffset) {
        int row = producers.find(batch.producerId());
        if (row < 0) {
            return new Decision.Accept(nextOffset);
        }
        short epoch = producers.epoch(row);
        if (batch.producerEpoch() < epoch) {
            return new Decision.Refused(
                    new BrokerError.StaleProducerEpoch(
                            batch.producerId(), epoch, batch.producerEpoch()));
        }
        if (batch.producerEpoch() > epoch) {
            return batch.baseSequence() == 0
                    ? new Decision.Accept(nextOffset)
                    : outOfOrder(batch, 0);
        }
        return sameEpoch(producers, row, batch, nextOffset);
    }

    private static Decision sameEpoch(
            Producers producers, int row, RecordBatch batch, long nextOffset) {
        for (int i = 0; i < producers.batches(row); i++) {
            int last = producers.lastSequence(row, i);
            int delta = producers.offsetDelta(row, i);
            if (batch.lastSequence() == last
                    && batch.baseSequence() == Sequence.minus(last, delta)) {
                long lastOffset = producers.lastOffset(row, i);
                return new Decision.Duplicate(lastOffset - delta, lastOffset);
            }
        }
        int last = producers.lastSequence(row, producers.batches(row) - 1);
        return Sequence.follows(last, batch.baseSequence())
                ? new Decision.Accept(nextOffset)
                : outOfOrder(batch, Sequence.plus(last, 1));
    }

    private static Decision outOfOrder(RecordBatch batch, int expected) {
        return new Decision.Refused(
                new BrokerError.OutOfOrderSequence(
                        batch.producerId(), expected, batch.baseSequence()));
    }
}
