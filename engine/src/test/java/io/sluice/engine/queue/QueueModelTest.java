package io.sluice.engine.queue;

import io.sluice.base.Rng;
import io.sluice.broker.queue.Order;
import org.junit.jupiter.api.RepeatedTest;

/// Random commands against a queue's state and against a list of messages; after every one both say the same, and so does the state that is
/// rebuilt from the journal.
class QueueModelTest {
    private static final int STEPS = 400;

    @RepeatedTest(20)
    void aQueueWithoutPrioritiesBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::withoutPriorities);
    }

    @RepeatedTest(20)
    void aQueueWithPrioritiesBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::withPriorities);
    }

    @RepeatedTest(20)
    void aQueueThatIsOrderedByKeyBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::orderedByKey);
    }

    @RepeatedTest(20)
    void aQueueWhoseKeysTakeTurnsBehavesLikeAListOfMessages() {
        Rng.run(System.nanoTime(), QueueModelTest::inTurn);
    }

    static void withoutPriorities(Rng rng) {
        run(new ModelRun(rng, 0, Order.NONE));
    }

    static void withPriorities(Rng rng) {
        run(new ModelRun(rng, rng.chance(20) ? 255 : 1 + rng.below(5), Order.NONE));
    }

    static void orderedByKey(Rng rng) {
        run(new ModelRun(rng, 0, Order.KEY));
    }

    static void inTurn(Rng rng) {
        run(new ModelRun(rng, 0, Order.FAIR));
    }

    private static void run(ModelRun run) {
        int weight = run.rng.below(12);
        for (int i = 0; i < STEPS; i++) {
            step(run, weight);
            ModelCheck.check(run);
        }
    }

    /// @param weight how much is published, so that some queues are nearly always empty and others not
    private static void step(ModelRun run, int weight) {
        var rng = run.rng;
        int what = rng.below(100 + weight);
        run.now += rng.below(10);
        if (what < 14) {
            ModelCommands.hand(run);
        } else if (what < 26) {
            ModelCommands.settle(run);
        } else if (what < 38) {
            ModelCommands.giveBack(run);
        } else if (what < 46) {
            ModelCommands.becomeDue(run);
        } else if (what < 52) {
            ModelCommands.endLeases(run);
        } else if (what < 56) {
            ModelCommands.extend(run);
        } else if (what < 58) {
            ModelCommands.showReceipt(run);
        } else if (what < 62) {
            ModelCommands.dieLeased(run);
        } else if (what < 68) {
            ModelCommands.dieReady(run);
        } else if (what < 73) {
            ModelCommands.moveDeadLetters(run);
        } else if (what < 75) {
            ModelCommands.purge(run);
        } else if (what < 77) {
            ModelCommands.moveStart(run);
        } else if (what < 80) {
            ModelCommands.snapshot(run);
        } else if (what < 86) {
            ModelCommands.write(run);
        } else if (what < 89) {
            ModelCommands.crash(run);
        } else {
            ModelCommands.publish(run);
        }
    }
}
