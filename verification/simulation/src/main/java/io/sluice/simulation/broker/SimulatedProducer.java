package io.sluice.simulation.broker;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// An idempotent producer to one partition, as Kafka's client is one: at most five batches on their way, numbered; what was not
/// answered, or refused, is sent again in the old order before anything new.
final class SimulatedProducer {
    private static final int IN_FLIGHT_MAX = 5;
    private static final int KEYS = 7;

    private final long id;
    private final PartitionId partition;
    private final ModelPartition model;
    private final Tally tally;
    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private int nextSequence;
    private int life;

    SimulatedProducer(long id, PartitionId partition, ModelPartition model, Tally tally) {
        this.id = id;
        this.partition = partition;
        this.model = model;
        this.tally = tally;
    }

    boolean isIdle() {
        return unanswered.isEmpty();
    }

    /// The broker died: nothing on its way will be answered any more.
    void connectionLost() {
        life++;
        unanswered.forEach(sent -> sent.waiting = false);
    }

    /// Sends what comes next: the first of what must be sent again, or something new.
    void send(Broker broker, RandomGenerator random, long now) {
        if (unanswered.stream().anyMatch(sent -> sent.failed)) {
            if (unanswered.stream().noneMatch(sent -> sent.waiting)) {
                unanswered.forEach(sent -> sent.failed = false);
            }
            return;
        }
        for (var sent : unanswered) {
            if (!sent.waiting) {
                transmit(broker, sent, now);
                return;
            }
        }
        if (unanswered.size() < IN_FLIGHT_MAX) {
            var sent =
                    new Sent(
                            nextSequence,
                            1 + random.nextInt(4),
                            random.nextInt(12) == 0 ? 9_000 : random.nextInt(200),
                            random.nextInt(KEYS));
            nextSequence += sent.count;
            unanswered.add(sent);
            transmit(broker, sent, now);
        }
    }

    private void transmit(Broker broker, Sent sent, long now) {
        sent.waiting = true;
        var life = this.life;
        broker.append(
                new Append(partition, batch(sent, now)),
                new Reply<>() {
                    @Override
                    public void done(Appended appended) {
                        if (life == SimulatedProducer.this.life) {
                            acknowledged(sent, appended);
                        }
                    }

                    @Override
                    public void refused(BrokerError error) {
                        if (life == SimulatedProducer.this.life) {
                            failed(sent, error);
                        }
                    }
                });
    }

    private void acknowledged(Sent sent, Appended appended) {
        if (unanswered.peek() != sent) {
            throw new InvariantBroken(
                    "AnswersComeInOrder",
                    "producer "
                            + id
                            + ": sequence "
                            + sent.sequence
                            + " before "
                            + unanswered.peek().sequence);
        }
        unanswered.remove();
        tally.acknowledged++;
        for (var i = 0; i < sent.count; i++) {
            model.acknowledge(
                    new Stored(
                            appended.baseOffset() + i,
                            id,
                            sent.sequence + i,
                            (sent.key + i) % KEYS));
        }
    }

    private void failed(Sent sent, BrokerError error) {
        var first = unanswered.peek() == sent;
        switch (error) {
            case BrokerError.OutOfOrderSequence gap when first ->
                    throw new InvariantBroken(
                            "NoAcknowledgedRecordIsLost", "producer " + id + ": " + gap.message());
            case BrokerError.UnknownProducer unknown when first && sent.sequence > 0 ->
                    throw new InvariantBroken(
                            "ProducersAreRemembered", "producer " + id + ": " + unknown.message());
            case BrokerError.StaleProducerEpoch stale ->
                    throw new InvariantBroken("ProducersAreRemembered", stale.message());
            case BrokerError.Corrupt corrupt ->
                    throw new InvariantBroken("BytesAreWhatWasAppended", corrupt.message());
            default -> {
                sent.waiting = false;
                sent.failed = true;
            }
        }
    }

    private Buffer batch(Sent sent, long now) {
        var builder =
                new BatchBuilder(Compression.NONE, 0, now).producer(id, (short) 0, sent.sequence);
        for (var i = 0; i < sent.count; i++) {
            var key = ByteBuffer.allocate(Integer.BYTES).putInt((sent.key + i) % KEYS).array();
            builder.add(
                    now,
                    key,
                    ByteBuffer.allocate(Long.BYTES + Integer.BYTES + sent.padding)
                            .putLong(id)
                            .putInt(sent.sequence + i)
                            .array());
        }
        var batch = builder.build();
        return Buffer.unpooled(ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip());
    }

    /// One batch until its acknowledgement.
    private static final class Sent {
        private final int sequence;
        private final int count;
        private final int padding;
        private final int key;
        private boolean waiting;
        private boolean failed;

        Sent(int sequence, int count, int padding, int key) {
            this.sequence = sequence;
            this.count = count;
            this.padding = padding;
            this.key = key;
        }
    }
}
