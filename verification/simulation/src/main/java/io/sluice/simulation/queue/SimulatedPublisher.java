package io.sluice.simulation.queue;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.simulation.broker.BrokerProcess;
import io.sluice.simulation.broker.Told;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Somebody who publishes a few messages at a time, to one queue or to all, and notes what the broker confirms. Confirms of an earlier life of the broker do not
/// reach him: that connection is lost.
final class SimulatedPublisher {
    private static final int KEYS = 5;

    private static final int PADDING_LARGE = 9_000;
    private static final int PADDING_SMALL = 200;

    private final Surroundings surroundings;
    private final RandomGenerator random;
    private final ModelQueues queues;
    private final ModelMessages messages;
    private final BrokerLives lives;

    SimulatedPublisher(
            Surroundings surroundings,
            ModelQueues queues,
            ModelMessages messages,
            BrokerLives lives) {
        this.surroundings = surroundings;
        this.random = surroundings.random();
        this.queues = queues;
        this.messages = messages;
        this.lives = lives;
    }

    void publish(ModelQueue queue) {
        long now = surroundings.clock().millis();
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        var sent = new ArrayList<ModelMessage>();
        boolean delayed = isDelayed();
        for (int left = count(); left > 0; left--) {
            int key = random.nextInt(KEYS);
            var message = message(queue, key, delayed);
            sent.add(message);
            add(batch, message.id, key, now, delayed);
        }
        var life = lives.process();
        lives.broker()
                .append(
                        new Append(
                                queue.part().partition(),
                                Buffer.unpooled(batch.build().whole()),
                                Append.ANYWHERE,
                                false,
                                delayed),
                        new Told<>(
                                appended -> {
                                    if (isNow(life)) {
                                        confirmed(sent, appended.baseOffset());
                                    }
                                },
                                _ -> {}));
    }

    /// Messages for every queue, in one batch.
    void publishToAll() {
        long now = surroundings.clock().millis();
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        var sent = new ArrayList<ModelMessage>();
        boolean delayed = isDelayed();
        for (int left = count(); left > 0; left--) {
            int key = random.nextInt(KEYS);
            add(batch, -messages.nextId(), key, now, delayed);
            queues.published().forEach(queue -> sent.add(message(queue, key, delayed)));
        }
        var life = lives.process();
        boolean lax = random.nextInt(4) == 0;
        sent.forEach(message -> message.lax = lax);
        lives.broker()
                .appendToAll(
                        new AppendToAll(
                                queues.published().stream()
                                        .map(queue -> queue.part().partition())
                                        .toList(),
                                Buffer.unpooled(batch.build().whole()),
                                lax,
                                delayed),
                        new Told<>(
                                outcomes -> {
                                    if (isNow(life) && !lax) {
                                        confirmed(sent, outcomes);
                                    }
                                },
                                _ -> {}));
    }

    private boolean isDelayed() {
        return random.nextInt(8) == 0;
    }

    private int count() {
        return 1 + random.nextInt(3);
    }

    private boolean isNow(BrokerProcess life) {
        return life == lives.process();
    }

    private ModelMessage message(ModelQueue queue, int key, boolean delayed) {
        return messages.publish(queue, queue.hasKeys() ? key : 0, delayed);
    }

    /// @param body see [ModelQueue#idOf]
    private void add(BatchBuilder batch, long body, int key, long now, boolean delayed) {
        var envelope =
                EnvelopeWriter.write(
                        random.nextInt(5),
                        -1,
                        delayed ? now + random.nextInt(3_000) : -1,
                        "",
                        List.of("key"),
                        null,
                        null);
        int padding = random.nextInt(12) == 0 ? PADDING_LARGE : random.nextInt(PADDING_SMALL);
        batch.add(
                now,
                key == 0 ? null : new byte[] {(byte) key},
                ByteBuffer.allocate(Long.BYTES + padding).putLong(body).array(),
                new Header(Envelope.HEADER, envelope));
    }

    private void confirmed(List<ModelMessage> sent, List<Outcome> outcomes) {
        for (var queue : queues.published()) {
            if (outcomes.get(queue.index) instanceof Outcome.Done(var appended)) {
                var its = sent.stream().filter(message -> message.queue == queue).toList();
                confirmed(its, appended.baseOffset());
            }
        }
    }

    private void confirmed(List<ModelMessage> sent, long baseOffset) {
        long offset = baseOffset;
        for (var message : sent) {
            message.confirmed = true;
            message.queue.orderWithinKey.stored(message, offset++);
        }
        surroundings.tally().acknowledged += sent.size();
    }
}
