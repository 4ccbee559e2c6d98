package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.record.Sequence;
import io.sluice.engine.queue.Dying;
import io.sluice.engine.queue.Outbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a queue's dead letters to where they go: neither lost nor doubled, whatever crashes when.
///
/// ```text
///   dying ──▶ route a round of them ──▶ journal what goes where ──durable──▶ append at every target ──all durable──▶ buried
///                                                                                 │ refused for now
///                                                                                 └──▶ held: the same again, after a while
/// ```
///
/// Who refuses does not keep the others waiting: what it was to get is held, and the round ends without it. What comes for it later stands behind that.
///
/// The queue is an idempotent producer at its targets ([Outbox]): a round that was journalled is sent again after a crash, under the same sequence
/// numbers. A letter that no queue wants is gone, as it would be had it been published so. Owned by its shard's loop.
final class DeadLettering {
    private static final Logger log = LoggerFactory.getLogger(DeadLettering.class);
    private static final int MESSAGES_PER_ROUND = 256;
    private static final long ROUND_BYTES_MAX = 4L << 20;
    private static final long RETRY_MILLIS = 500;

    /// So often a letter that cannot be read is tried before it goes without its body.
    private static final int READS_MAX = 10;

    /// So many letters wait for targets that refuse; then new ones wait for them, whereto they go.
    private static final int HELD_MAX = 10_000;
    private static final short EPOCH = 0;

    private final Shard shard;
    private final HostedQueue queue;
    private final TimerWheel.Timer retry = TimerWheel.Timer.of(this::sendHeld);
    private Phase phase = Phase.IDLE;
    private boolean stopped;
    private int unanswered;
    private int triesToRead;

    /// The queue for the letters could not be declared when that was tried last.
    private boolean declinedBefore;

    /// Targets that have been sent what was held for them, and have not answered.
    private final Set<PartitionId> asked = new HashSet<>();

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

    /// What a target's answer means for its part of a round.
    private enum Outcome {
        /// It has it, or will never take it.
        DONE,
        /// The same again, after a while.
        AGAIN,
        /// It has lost count, as it does when it takes something without forcing it and crashes, or when a part was too large for it: what it was
        /// sent is not there, and it takes nothing more from this producer.
        OUT_OF_STEP
    }

    DeadLettering(Shard shard, HostedQueue queue) {
        this.shard = shard;
        this.queue = queue;
    }

    /// Does what can be done now.
    void goOn() {
        if (shard.isStopping()) {
            return;
        }
        if (!queue.state().outbox().held().isEmpty() && !retry.scheduled()) {
            shard.timers().schedule(retry, shard.monotonicMillis() + RETRY_MILLIS);
        }
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
                            queue, MESSAGES_PER_ROUND, shard.broker().catalog(), shard.nowMillis())
                    .ifPresentOrElse(this::declare, this::begin);
        }
    }

    /// The letters wait until there is where they go.
    private void declare(CatalogChange target) {
        phase = Phase.DECLARING;
        shard.broker()
                .change(
                        target,
                        new Reply<>() {
                            @Override
                            public void done(Catalog catalog) {
                                onShard(() -> declared(null));
                            }

                            @Override
                            public void refused(BrokerError error) {
                                onShard(() -> declared(error));
                            }
                        });
    }

    private void declared(@Nullable BrokerError refused) {
        if (stopped) {
            return;
        }
        if (refused == null || refused instanceof BrokerError.QueueExists) {
            declinedBefore = false;
            phase = Phase.IDLE;
            shard.queues().look(queue);
            return;
        }
        if (!declinedBefore) {
            log.warn(
                    "dead letters of {} wait, as the queue for them cannot be declared: {}",
                    queue.part(),
                    refused.message());
        }
        declinedBefore = true;
        later();
    }

    /// The queue is gone.
    void stop() {
        stopped = true;
        shard.timers().cancel(retry);
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
            goOnWith(interrupted);
        }
        shard.queues().look(queue);
    }

    /// The rest of a round, as another producer: who has taken its part does not get it again.
    private void goOnWith(Outbox.Round interrupted) {
        var members = new LinkedHashMap<PartitionId, List<Integer>>();
        for (var target : interrupted.targets()) {
            if (!done.contains(target)) {
                members.put(target.partition(), target.members());
            }
        }
        done.clear();
        begin(new Outbox.Round(interrupted.count(), targets(members)));
    }

    private void noId() {
        if (outOfStep && !stopped) {
            shard.timers()
                    .schedule(
                            TimerWheel.Timer.of(this::askForId),
                            shard.monotonicMillis() + RETRY_MILLIS);
        } else {
            later();
        }
    }

    private void later() {
        phase = Phase.IDLE;
        shard.timers()
                .schedule(
                        TimerWheel.Timer.of(() -> shard.queues().look(queue)),
                        shard.monotonicMillis() + RETRY_MILLIS);
    }

    private void begin() {
        var letters = new DeadLetters(queue, shard.broker().catalog());
        var members = new LinkedHashMap<PartitionId, List<Integer>>();
        int count = 0;
        long bytes = 0;
        long bytesMax = ROUND_BYTES_MAX;
        long recordsMax = MESSAGES_PER_ROUND;
        for (var dying : queue.state().dying()) {
            if (count == MESSAGES_PER_ROUND) {
                break;
            }
            var letter = letters.read(dying);
            if (letter == null) {
                if (triesToRead < READS_MAX && queue.reader().failure() != null) {
                    break;
                }
                letter = letters.withoutBody(dying);
            }
            triesToRead = 0;
            var targets = letters.targets(letter, dying);
            bytesMax = Math.min(bytesMax, letters.batchBytesMax(targets));
            recordsMax = Math.min(recordsMax, letters.batchRecordsMax(targets));
            bytes += letter.bytesMax();
            if (count > 0 && (bytes > bytesMax || count >= recordsMax)) {
                break;
            }
            for (var target : targets) {
                members.computeIfAbsent(target, _ -> new ArrayList<>()).add(count);
            }
            count++;
        }
        if (count == 0) {
            // It may be readable again soon.
            triesToRead++;
            later();
            return;
        }
        begin(new Outbox.Round(count, targets(members)));
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

    private List<Outbox.Target> targets(Map<PartitionId, List<Integer>> members) {
        var outbox = queue.state().outbox();
        return members.entrySet().stream()
                .map(
                        target ->
                                new Outbox.Target(
                                        target.getKey(),
                                        outbox.nextSequence(target.getKey()),
                                        target.getValue()))
                .toList();
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
            shard.timers()
                    .schedule(
                            TimerWheel.Timer.of(this::journal),
                            shard.monotonicMillis() + RETRY_MILLIS);
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
            append(target, dying, answer(target));
        }
    }

    private void append(Outbox.Target target, List<Dying> dying, Reply<Append.Appended> reply) {
        var batch =
                new DeadLetters(queue, shard.broker().catalog())
                        .batch(
                                target,
                                dying,
                                queue.state().outbox().producerId(),
                                EPOCH,
                                shard.nowMillis());
        shard.broker()
                .append(new Append(target.partition(), Buffer.unpooled(batch.whole())), reply);
    }

    private Reply<Append.Appended> answer(Outbox.Target target) {
        return new Reply<>() {
            @Override
            public void done(Append.Appended appended) {
                onShard(() -> answered(target, Outcome.DONE));
            }

            @Override
            public void refused(BrokerError error) {
                onShard(() -> answered(target, outcome(target, error)));
            }
        };
    }

    private Outcome outcome(Outbox.Target target, BrokerError error) {
        return switch (error) {
            case BrokerError.UnknownTopic _,
                    BrokerError.UnknownPartition _,
                    BrokerError.UnknownQueue _,
                    BrokerError.UnknownExchange _ ->
                    Outcome.DONE;
            case BrokerError.TooLarge _ -> {
                log.warn(
                        "{} dead letters of {} are lost: {}",
                        target.members().size(),
                        queue.part(),
                        error.message());
                yield Outcome.DONE;
            }
            // A number that it is past was taken, longer ago than it remembers batches.
            case BrokerError.OutOfOrderSequence(long _, int expected, int received) ->
                    Sequence.isBefore(received, expected) ? Outcome.DONE : Outcome.OUT_OF_STEP;
            case BrokerError.TopicExists _,
                    BrokerError.QueueExists _,
                    BrokerError.ExchangeExists _,
                    BrokerError.Invalid _,
                    BrokerError.InvalidPartitionCount _,
                    BrokerError.OffsetOutOfRange _,
                    BrokerError.Corrupt _,
                    BrokerError.UnknownProducer _,
                    BrokerError.StaleProducerEpoch _,
                    BrokerError.StorageFull _,
                    BrokerError.StorageFailed _,
                    BrokerError.Overloaded _,
                    BrokerError.Unavailable _,
                    BrokerError.InUse _,
                    BrokerError.NotEmpty _,
                    BrokerError.InvalidRecords _,
                    BrokerError.QueueFull _ ->
                    Outcome.AGAIN;
        };
    }

    private void answered(Outbox.Target target, Outcome outcome) {
        if (stopped) {
            return;
        }
        switch (outcome) {
            case DONE -> done.add(target);
            case AGAIN -> hold(target);
            case OUT_OF_STEP -> outOfStep = true;
        }
        if (--unanswered == 0) {
            ended();
        }
    }

    private List<Outbox.Target> open() {
        var round = queue.state().outbox().round();
        var open = new ArrayList<>(round == null ? List.of() : round.targets());
        open.removeAll(done);
        return open;
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

    private void askWhenAllHaveAnswered() {
        boolean quiet =
                switch (phase) {
                    case IDLE -> true;
                    case SENDING -> unanswered == 0;
                    case DECLARING, ASKING_FOR_ID, JOURNALLING -> false;
                };
        if (quiet && asked.isEmpty()) {
            askForId();
        }
    }

    private void hold(Outbox.Target target) {
        queue.state().held(target.partition());
        queue.facts().held(target.partition());
        shard.queues().look(queue);
    }

    /// Sends every target what it has not taken the longest.
    private void sendHeld() {
        if (stopped || shard.isStopping() || outOfStep) {
            return;
        }
        var seen = new HashSet<PartitionId>();
        for (var held : queue.state().outbox().held()) {
            if (seen.add(held.partition()) && !asked.contains(held.partition())) {
                sendHeld(held);
            }
        }
    }

    private void sendHeld(Outbox.Held held) {
        asked.add(held.partition());
        var members = IntStream.range(0, held.letters().size()).boxed().toList();
        var target = new Outbox.Target(held.partition(), held.sequence(), members);
        append(
                target,
                held.letters(),
                new Reply<>() {
                    @Override
                    public void done(Append.Appended appended) {
                        onShard(() -> answeredHeld(target, Outcome.DONE));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        onShard(() -> answeredHeld(target, outcome(target, error)));
                    }
                });
    }

    private void answeredHeld(Outbox.Target target, Outcome outcome) {
        if (stopped) {
            return;
        }
        asked.remove(target.partition());
        switch (outcome) {
            case DONE -> {
                queue.state().taken(target.partition());
                queue.facts().taken(target.partition());
                queue.trimmable = true;
                var next = queue.state().outbox().firstHeld(target.partition());
                if (next != null && !outOfStep) {
                    sendHeld(next);
                }
            }
            case AGAIN -> {}
            case OUT_OF_STEP -> outOfStep = true;
        }
        if (outOfStep) {
            askWhenAllHaveAnswered();
        }
        shard.queues().look(queue);
    }

    private void bury(Outbox.Round round) {
        queue.state().buried(round.count());
        queue.facts().buried(round.count());
        queue.trimmable = true;
        done.clear();
        phase = Phase.IDLE;
        shard.queues().look(queue);
    }

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }
}
