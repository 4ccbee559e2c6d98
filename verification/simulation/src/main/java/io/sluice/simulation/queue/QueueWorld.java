package io.sluice.simulation.queue;

import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.broker.ProcessEnded;
import io.sluice.simulation.disk.PowerLoss;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Queues with dead letters, their clients, and a disk that fails.
///
/// Puts the parts together and decides what follows when a step ends the broker: [QueueSteps] takes the steps, [BrokerLives] starts the broker again,
/// [ModelQueues] and [ModelMessages] know what clients know, and what those find broken is thrown here after each step. [Judgement] has the last word.
final class QueueWorld {
    private final Surroundings surroundings;
    private final ModelQueues queues = new ModelQueues();
    private final BreakerWatch watch;
    private final BrokerLives lives;
    private final QueueSteps steps;
    private final Judgement judgement;

    private QueueWorld(Surroundings surroundings) {
        var messages = new ModelMessages();
        var redriver =
                new SimulatedRedriver(queues.dead().name, queues.moved().name, queues.plain().name);
        this.surroundings = surroundings;
        this.watch = new BreakerWatch(queues.breaking(), surroundings.tally());
        this.lives = new BrokerLives(surroundings, queues, watch);
        this.steps = new QueueSteps(surroundings, lives, queues, messages, redriver, watch);
        this.judgement = new Judgement(surroundings, lives, queues, messages, redriver, watch);
    }

    /// A world in which everything goes wrong sooner or later.
    static QueueWorld rough(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return begin(Surroundings.of(random, disk, false, tally));
    }

    /// A world in which nothing goes wrong but what was set up on the disk before.
    static QueueWorld calm(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return begin(Surroundings.of(random, disk, true, tally));
    }

    private static QueueWorld begin(Surroundings surroundings) throws IOException {
        var world = new QueueWorld(surroundings);
        world.lives.begin();
        return world;
    }

    /// Takes `count` random steps; whatever ends the broker is followed by a recovery, and that by more steps.
    void run(int count) throws IOException {
        for (var i = 0; i < count; i++) {
            try {
                steps.step();
            } catch (PowerLoss _) {
                lives.recover();
            } catch (ProcessEnded _) {
                expectTrouble("the broker ended");
                lives.recover();
            }
            queues.check();
            watch.wish(lives.broker(), Wish.LOOK, surroundings.clock()::millis);
            if (lives.process().hasFailed()) {
                expectTrouble("the disk failed the broker, though nothing was wrong with it");
                lives.recover();
            }
        }
    }

    private void expectTrouble(String what) {
        if (surroundings.isCalm()) {
            throw new InvariantBroken("NothingFailsByItself", what);
        }
    }

    /// Nothing goes wrong any more, and clients do nothing: looks whether those who wait for messages have got them.
    void handOut() throws IOException {
        judgement.handOut();
    }

    /// The power goes and comes back; every connection is gone.
    void recover() throws IOException {
        lives.recover();
    }

    /// Holds what is left against what clients were told. Nothing happens after it.
    void judge() throws IOException {
        judgement.judge();
    }
}
