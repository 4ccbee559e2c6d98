package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.engine.queue.Outbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a queue's dead letters to where they go: neither lost nor doubled, whatever crashes when.
///
/// ```text
///   dying ──▶ route a round of them ──▶ journal what goes where ──durable──▶ append at every target ──all durable──▶ buried
///                                                                                 │ refused for now
///                                                                                 └──▶ the same again, after a while
/// ```
///
/// The queue is an idempotent producer at its targets ([Outbox]): a round that was journalled is sent again after a crash, under the same sequence
/// numbers. A letter that no queue wants is gone, as it would be had it been published so. Owned by its shard's loop.
final class DeadLettering {
    private static final Logger log = LoggerFactory.getLogger(DeadLettering.class);
    private static final int MESSAGES_PER_ROUND = 256;
    private static final long ROUND_BYTES_MAX = 4L << 20;
    private static final long RETRY_MILLIS = 500;
    private static final short EPOCH = 0;

    private final Shard shard;
    private final HostedQueue queue;
    private final TimerWheel.Timer retry = TimerWheel.Timer.of(this::send);
    private Phase phase = Phase.IDLE;
    private boolean stopped;
    private int unanswered;
    private boolean again;

    /// A target expects another sequence number.
    private boolean outOfStep;

    /// Targets of the round that have taken their part, or never will.
    private final List<Outbox.Target> done = new ArrayList<>();

    private enum Phase {
        IDLE,
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
        if (phase != Phase.IDLE || queue.state().dying().isEmpty() || shard.isStopping()) {
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
        } else {
            begin();
        }
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
                                onShard(DeadLettering.this::later);
                            }
                        });
    }

    private void named(long id) {
        if (stopped) {
            return;
        }
        var outbox = queue.state().outbox();
        var interrupted = outbox.round();
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
        for (var dying : queue.state().dying()) {
            if (count == MESSAGES_PER_ROUND) {
                break;
            }
            var letter = letters.read(dying);
            if (letter != null) {
                var targets = letters.targets(letter);
                bytesMax = Math.min(bytesMax, letters.batchBytesMax(targets));
                bytes += letter.bytesMax();
                if (count > 0 && bytes > bytesMax) {
                    break;
                }
                for (var target : targets) {
                    members.computeIfAbsent(target, _ -> new ArrayList<>()).add(count);
                }
            }
            count++;
        }
        begin(new Outbox.Round(count, targets(members)));
    }

    private void begin(Outbox.Round round) {
        phase = Phase.JOURNALLING;
        queue.state().outbox().begun(round);
        queue.facts().begun(round);
        queue.whenDurable(this::journalled);
    }

    /// Once more, where there was no room: nothing is sent before the round is durable.
    private void journal() {
        if (!stopped) {
            queue.whenDurable(this::journalled);
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
        if (refused == null) {
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
        again = false;
        outOfStep = false;
        var open = new ArrayList<>(round.targets());
        open.removeAll(done);
        unanswered = open.size();
        if (open.isEmpty()) {
            bury(round);
            return;
        }
        var letters = new DeadLetters(queue, shard.broker().catalog());
        var dying = queue.state().dying().stream().limit(round.count()).toList();
        for (var target : open) {
            var batch =
                    letters.batch(
                            target,
                            dying,
                            queue.state().outbox().producerId(),
                            EPOCH,
                            shard.nowMillis());
            shard.broker()
                    .append(
                            new Append(target.partition(), Buffer.unpooled(batch.whole())),
                            answer(target));
        }
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
            case BrokerError.OutOfOrderSequence _ -> Outcome.OUT_OF_STEP;
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
            case AGAIN -> again = true;
            case OUT_OF_STEP -> outOfStep = true;
        }
        if (--unanswered > 0) {
            return;
        }
        var round = queue.state().outbox().round();
        if (again) {
            shard.timers().schedule(retry, shard.monotonicMillis() + RETRY_MILLIS);
        } else if (outOfStep) {
            askForId();
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

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }
}
