package io.sluice.simulation.queue;

import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Answer;
import java.io.IOException;

/// The end of a history: brings everything to rest and holds what is left against what clients were told.
final class Judgement {
    private static final int SECONDS_TO_HAND_OUT = 10;
    private static final int SECONDS_TO_REST = 10;
    private static final int SECONDS_TO_MOVE = 60;

    private final Surroundings surroundings;
    private final BrokerLives lives;
    private final ModelQueues queues;
    private final ModelMessages messages;
    private final SimulatedRedriver redriver;
    private final BreakerWatch watch;

    Judgement(
            Surroundings surroundings,
            BrokerLives lives,
            ModelQueues queues,
            ModelMessages messages,
            SimulatedRedriver redriver,
            BreakerWatch watch) {
        this.surroundings = surroundings;
        this.lives = lives;
        this.queues = queues;
        this.messages = messages;
        this.redriver = redriver;
        this.watch = watch;
    }

    /// Lets what is ready be handed out to those who are there.
    void handOut() throws IOException {
        comeToRest(SECONDS_TO_HAND_OUT);
        queues.check();
        NobodyWaitsForWhatIsThere.check(lives.process(), queues);
    }

    void judge() throws IOException {
        queues.published().forEach(Judgement::leave);
        comeToRest(SECONDS_TO_REST);
        queues.check();
        closeBreaker();
        moveLetters();
        var leftovers =
                new Leftovers(lives.process(), surroundings.clock(), queues, messages, watch);
        leftovers.takeAll();
        messages.all().forEach(message -> judge(message, leftovers));
    }

    private static void judge(ModelMessage message, Leftovers leftovers) {
        if (message.confirmed && message.accepted == 0 && !leftovers.have(message)) {
            throw new InvariantBroken("NoConfirmedMessageIsLost", message.toString());
        }
        // One that has died is settled as well: whoever shows its receipt is told that it is gone.
        if (message.settledForGood && leftovers.haveInPlace(message)) {
            throw new InvariantBroken("AcknowledgementsAreFinal", message.toString());
        }
    }

    private static void leave(ModelQueue queue) {
        queue.consumers.forEach(SimulatedConsumer::leave);
        queue.consumers.clear();
    }

    /// Lets delays end and dead letters arrive.
    private void comeToRest(int seconds) throws IOException {
        surroundings.trouble().powerStays();
        surroundings.trouble().end();
        for (int i = 0; i < seconds; i++) {
            lives.process().settle();
            if (lives.process().hasFailed()) {
                lives.recover();
            }
            surroundings.clock().advance(1_000);
        }
        lives.process().settle();
    }

    /// So that what is left is handed out.
    private void closeBreaker() {
        var answer = new Answer<BreakerView>();
        lives.broker().queues().breaker(queues.breaking().part(), Wish.CLOSE, answer);
        lives.process().turnUntil(() -> !answer.isOpen());
    }

    /// A last redrive ends, and leaves nothing behind of what it is about.
    private void moveLetters() {
        redriver.cancel(lives.broker(), surroundings.clock().millis());
        lives.process().settle();
        redriver.moveAll(lives.broker(), surroundings.clock().millis());
        lives.process().settle();
        for (int i = 0; i < SECONDS_TO_MOVE; i++) {
            if (redriver.ended(lives.broker()).isPresent()) {
                return;
            }
            surroundings.clock().advance(1_000);
            lives.process().settle();
        }
        throw new InvariantBroken("EveryRedriveEnds", "it still runs after a minute");
    }
}
