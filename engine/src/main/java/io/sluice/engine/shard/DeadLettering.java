package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.engine.queue.Outbox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a queue's dead letters to where they go: neither lost nor doubled, whatever crashes when.
///
/// ```text
///   dying ──▶ route a round of them ──▶ journal what goes where ──durable──▶ append at every target ──all durable──▶ buried
///             [LetterRounds]                                                 [LetterDelivery]
///                                                                                 │ refused for now
///                                                                                 └──▶ [HeldLetters]: the same again, after a while
/// ```
///
/// Who refuses does not keep the others waiting: what it was to get is held, and the round ends without it. What comes for it later stands behind that.
///
/// The queue is an idempotent producer at its targets ([Outbox]): a round that was journalled is sent again after a crash, under the same sequence
/// numbers. A letter that no queue wants is gone, as it would be had it been published so. Owned by its shard's loop.
final class DeadLettering {
    static final long RETRY_MILLIS = 500;

    /// So many letters wait for targets that refuse; then new ones wait for them, whereto they go.
    private static final int HELD_MAX = 10_000;

    private final Shard shard;
    private final HostedQueue queue;
    private final LetterQueueDeclaration declaration;
    private final LetterRounds rounds;
    private final LetterDelivery delivery;
    private final HeldLetters held;
    private Phase phase = Phase.IDLE;
    private boolean stopped;
    private int unanswered;

    /// A target expects another sequence number: the queue becomes another producer as soon as nobody is to answer any more.
    private boolean outOfStep;

    /// Targets of the round that have taken their part, or never will.
    private final List<Outbox.Target> done = new ArrayList<>();

    private enum Phase {
        IDLE,
        DECLARING,
        ASKING_FOR_ID,
        JOURNALLING,
        SENDING
    }

    DeadLettering(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
        this.declaration = new LetterQueueDeclaration(shard, queue);
        var tries = new ReadTries();
        this.rounds = new LetterRounds(shard, queue, tries);
        this.delivery = new LetterDelivery(shard, queue, tries);
        this.held = new HeldLetters(shard, queue, this, delivery);
    }

    /// Does what can be done now.
    void goOn() {
        if (shard.isStopping()) {
            return;
        }
        held.goOn();
        if (phase != Phase.IDLE || queue.state().dying().isEmpty() || outOfStep) {
            return;
        }
        if (queue.state().outbox().producerId() == Outbox.NO_PRODUCER) {
            askForId();
        } else if (queue.state().outbox().round() != null) {
            // Journalled before a restart: maybe sent, maybe not.
            send();
        } else if (shard.broker().catalog().queue(queue.part().queue()).isEmpty()) {
            // While starting, before the catalog is published: nothing would be found to go to.
            later();
        } else if (queue.state().outbox().heldLetters() < HELD_MAX) {
            DeadLetterQueue.missing(
                            queue,
                            LetterRounds.MESSAGES_MAX,
                            shard.broker().catalog(),
                            shard.nowMillis())
                    .ifPresentOrElse(this::declare, this::begin);
        }
    }

    /// The queue is gone.
    void stop() {
        stopped = true;
        held.stop();
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isOutOfStep() {
        return outOfStep;
    }

    private void later() {
        phase = Phase.IDLE;
        afterAWhile(() -> shard.queues().look(queue));
    }

    private void afterAWhile(Runnable task) {
        shard.timers().schedule(TimerWheel.Timer.of(task), shard.monotonicMillis() + RETRY_MILLIS);
    }

    // ---- what a round needs

    /// The letters wait until there is where they go.
    private void declare(CatalogChange target) {
        phase = Phase.DECLARING;
        declaration.declare(target, this::declared);
    }

    private void declared(@Nullable BrokerError refused) {
        if (stopped) {
            return;
        }
        if (declaration.isThere(refused)) {
            phase = Phase.IDLE;
            shard.queues().look(queue);
        } else {
            later();
        }
    }

    private void askForId() {
        phase = Phase.ASKING_FOR_ID;
        shard.broker()
                .nextProducerId(
                        new Reply<>() {
                            @Override
                            public void done(Long id) {
                                onShard(() -> named(id));
                            }

                            @Override
                            public void refused(BrokerError error) {
                                onShard(DeadLettering.this::noId);
                            }
                        });
    }

    private void named(long id) {
        if (stopped) {
            return;
        }
        var outbox = queue.state().outbox();
        var interrupted = outbox.round();
        outOfStep = false;
        outbox.producer(id);
        queue.facts().producer(id);
        if (interrupted == null) {
            phase = Phase.IDLE;
        } else {
            var rest = rounds.rest(interrupted, done);
            done.clear();
            begin(rest);
        }
        shard.queues().look(queue);
    }

    private void noId() {
        if (outOfStep && !stopped) {
            afterAWhile(this::askForId);
        } else {
            later();
        }
    }

    // ---- a round

    private void begin() {
        var round = rounds.next();
        if (round == null) {
            later();
        } else {
            begin(round);
        }
    }

    private void begin(Outbox.Round round) {
        phase = Phase.JOURNALLING;
        queue.state().outbox().begun(round);
        queue.facts().begun(round);
        queue.journalWaiters().whenDurable(this::journalled);
    }

    /// Once more, where there was no room: nothing is sent before the round is durable.
    private void journal() {
        if (!stopped) {
            queue.journalWaiters().whenDurable(this::journalled);
            shard.queues().look(queue);
        }
    }

    private void journalled(@Nullable BrokerError refused) {
        if (stopped) {
            return;
        }
        if (refused == null && outOfStep) {
            phase = Phase.SENDING;
            unanswered = 0;
            askWhenAllHaveAnswered();
        } else if (refused == null) {
            send();
        } else {
            afterAWhile(this::journal);
        }
    }

    /// Sends what of the round was not taken yet.
    private void send() {
        var round = queue.state().outbox().round();
        if (stopped || round == null || shard.isStopping()) {
            return;
        }
        phase = Phase.SENDING;
        for (var target : round.targets()) {
            if (queue.state().outbox().firstHeld(target.partition()) != null) {
                hold(target);
            }
        }
        var open = open();
        unanswered = open.size();
        if (unanswered == 0) {
            ended();
            return;
        }
        var dying = queue.state().dying().stream().limit(round.count()).toList();
        for (var target : open) {
            delivery.send(target, dying, answer -> answered(target, answer));
        }
    }

    private List<Outbox.Target> open() {
        var round = queue.state().outbox().round();
        var open = new ArrayList<>(round == null ? List.of() : round.targets());
        open.removeAll(done);
        return open;
    }

    private void answered(Outbox.Target target, TargetAnswer answer) {
        if (stopped) {
            return;
        }
        switch (answer) {
            case DONE -> done.add(target);
            case AGAIN -> hold(target);
            case OUT_OF_STEP -> outOfStep = true;
        }
        if (--unanswered == 0) {
            ended();
        }
    }

    private void hold(Outbox.Target target) {
        queue.state().held(target.partition());
        queue.facts().held(target.partition());
        shard.queues().look(queue);
    }

    /// Everybody has answered.
    private void ended() {
        var round = queue.state().outbox().round();
        if (outOfStep) {
            askWhenAllHaveAnswered();
        } else if (round != null) {
            bury(round);
        }
    }

    private void bury(Outbox.Round round) {
        queue.state().buried(round.count());
        queue.facts().buried(round.count());
        queue.trimmable = true;
        done.clear();
        phase = Phase.IDLE;
        shard.queues().look(queue);
    }

    // ---- out of step

    /// A target that was sent what was held for it expects another sequence number.
    void lostStep() {
        outOfStep = true;
    }

    /// A target has answered that was sent what was held for it.
    void heldAnswered() {
        if (outOfStep) {
            askWhenAllHaveAnswered();
        }
        shard.queues().look(queue);
    }

    private void askWhenAllHaveAnswered() {
        boolean quiet =
                switch (phase) {
                    case IDLE -> true;
                    case SENDING -> unanswered == 0;
                    case DECLARING, ASKING_FOR_ID, JOURNALLING -> false;
                };
        if (quiet && !held.isAsking()) {
            askForId();
        }
    }

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }
}
