package io.sluice.engine.shard;

import io.sluice.broker.PartitionId;
import io.sluice.engine.queue.Outbox;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// Dead letters that wait for targets that refuse: each is sent again, after a while, what it has not taken the longest. Owned by its shard's loop.
final class HeldLetters {
    private final Shard shard;
    private final HostedQueue queue;
    private final DeadLettering deadLettering;
    private final LetterDelivery delivery;
    private final TimerWheel.Timer retry = TimerWheel.Timer.of(this::send);

    /// Targets that have been sent what was held for them, and have not answered.
    private final Set<PartitionId> asked = new HashSet<>();

    HeldLetters(
            Shard shard, HostedQueue queue, DeadLettering deadLettering, LetterDelivery delivery) {
        this.shard = shard;
        this.queue = queue;
        this.deadLettering = deadLettering;
        this.delivery = delivery;
    }

    /// Sends them after a while, if there are any.
    void goOn() {
        if (!queue.state().outbox().held().isEmpty() && !retry.scheduled()) {
            shard.timers().schedule(retry, shard.monotonicMillis() + DeadLettering.RETRY_MILLIS);
        }
    }

    void stop() {
        shard.timers().cancel(retry);
    }

    /// Whether a target has not answered.
    boolean isAsking() {
        return !asked.isEmpty();
    }

    private void send() {
        if (deadLettering.isStopped() || shard.isStopping() || deadLettering.isOutOfStep()) {
            return;
        }
        var seen = new HashSet<PartitionId>();
        for (var held : queue.state().outbox().held()) {
            if (seen.add(held.partition()) && !asked.contains(held.partition())) {
                send(held);
            }
        }
    }

    private void send(Outbox.Held held) {
        asked.add(held.partition());
        var members = IntStream.range(0, held.letters().size()).boxed().toList();
        var target = new Outbox.Target(held.partition(), held.sequence(), members);
        delivery.send(target, held.letters(), answer -> answered(target.partition(), answer));
    }

    private void answered(PartitionId target, TargetAnswer answer) {
        if (deadLettering.isStopped()) {
            return;
        }
        asked.remove(target);
        switch (answer) {
            case DONE -> taken(target);
            case AGAIN -> {}
            case OUT_OF_STEP -> deadLettering.lostStep();
        }
        deadLettering.heldAnswered();
    }

    private void taken(PartitionId target) {
        queue.state().taken(target);
        queue.facts().taken(target);
        queue.trimmable = true;
        var next = queue.state().outbox().firstHeld(target);
        if (next != null && !deadLettering.isOutOfStep()) {
            send(next);
        }
    }
}
