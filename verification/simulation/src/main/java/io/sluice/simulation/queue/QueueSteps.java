package io.sluice.simulation.queue;

import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Draws what happens next and lets it happen: somebody does something with a queue, time passes, the broker takes a turn, and now and then there is trouble, or
/// another life of the broker.
final class QueueSteps {
    private static final int CONSUMERS_MAX = 3;

    private final Surroundings surroundings;
    private final RandomGenerator random;
    private final Trouble trouble;
    private final BrokerLives lives;
    private final ModelQueues queues;
    private final ModelMessages messages;
    private final SimulatedPublisher publisher;
    private final SimulatedRedriver redriver;
    private final BreakerWatch watch;

    QueueSteps(
            Surroundings surroundings,
            BrokerLives lives,
            ModelQueues queues,
            ModelMessages messages,
            SimulatedRedriver redriver,
            BreakerWatch watch) {
        this.surroundings = surroundings;
        this.random = surroundings.random();
        this.trouble = surroundings.trouble();
        this.lives = lives;
        this.queues = queues;
        this.messages = messages;
        this.publisher = new SimulatedPublisher(surroundings, queues, messages, lives);
        this.redriver = redriver;
        this.watch = watch;
    }

    void step() throws IOException {
        var queue = queues.published().get(random.nextInt(queues.published().size()));
        switch (random.nextInt(40)) {
            case 0 -> rare();
            case 1 -> {
                consume(queue);
                switchBreaker();
            }
            case 2 -> leave(queue);
            case 3 -> {
                surroundings.clock().advance(random.nextInt(2_000));
                redrive();
            }
            case 4, 5, 6, 7 -> publisher.publish(queue);
            case 8, 9 -> publisher.publishToAll();
            case 10, 11, 12, 13, 14, 15, 16 -> settle(queue);
            case 17, 18 -> queue.receiver.receive(lives.broker(), messages, this::now, random);
            case 19, 20 -> queue.receiver.settle(lives.broker(), this::now, random);
            default -> lives.process().turn(random);
        }
    }

    private void rare() throws IOException {
        switch (random.nextInt(surroundings.isCalm() ? 2 : 10)) {
            case 0 -> lives.process().settle();
            case 1 -> lives.restart();
            case 2, 3, 4 -> trouble.powerGoesWithin(12);
            case 5 -> trouble.forcesFail(0.2);
            case 6 -> trouble.writesFail();
            case 7 -> fillUpOrMakeRoom();
            case 8 -> trouble.readsFail();
            default -> trouble.readsAreShort();
        }
    }

    private void fillUpOrMakeRoom() {
        if (random.nextBoolean()) {
            trouble.makeRoom();
        } else {
            trouble.fillUp();
        }
    }

    private void consume(ModelQueue queue) {
        if (queue.consumers.size() < CONSUMERS_MAX) {
            queue.consumers.add(
                    new SimulatedConsumer(
                            lives.broker(), queue, messages, this::now, random.nextInt(6)));
        }
    }

    private void leave(ModelQueue queue) {
        if (!queue.consumers.isEmpty() && random.nextBoolean()) {
            queue.consumers.remove(random.nextInt(queue.consumers.size())).leave();
        }
    }

    private void settle(ModelQueue queue) {
        if (!queue.consumers.isEmpty()) {
            queue.consumers.get(random.nextInt(queue.consumers.size())).settle(random);
        }
    }

    /// Sometimes: opens or closes it by hand.
    private void switchBreaker() {
        if (random.nextInt(4) == 0) {
            var wish = random.nextInt(3) == 0 ? Wish.OPEN : Wish.CLOSE;
            watch.wish(lives.broker(), wish, this::now);
        }
    }

    /// Sometimes: lets somebody move dead letters.
    private void redrive() {
        if (random.nextInt(3) == 0) {
            redriver.act(lives.broker(), random, now());
        }
    }

    private long now() {
        return surroundings.clock().millis();
    }
}
