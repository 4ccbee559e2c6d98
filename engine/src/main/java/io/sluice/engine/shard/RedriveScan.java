package io.sluice.engine.shard;

import io.sluice.broker.message.DeadLetterView;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.Redrive;
import io.sluice.engine.queue.RedriveState;
import java.util.Optional;

/// One look of a [Redriving] at its queue: goes on from where the last one has come to, and moves what is to be moved. Owned by its shard's loop, used once.
final class RedriveScan {
    /// So many records are looked at before others have their turn.
    private static final int LOOKED_AT_MAX = 1_000;

    private final Shard shard;
    private final HostedQueue queue;
    private final Redrive redrive;
    private final OutOfTurn outOfTurn;
    private long cursor;
    private long skipped;
    private long failed;
    private boolean tired;
    private Optional<String> failure = Optional.empty();

    /// What becomes of the message that the reader stands on.
    private sealed interface Verdict {
        /// It is not ready: somebody has it, or it is gone.
        record Passed() implements Verdict {}

        /// It stays, and is counted.
        record Skipped() implements Verdict {}

        record Moved() implements Verdict {}

        /// It has nowhere to go.
        record Stuck(String why) implements Verdict {}
    }

    RedriveScan(Shard shard, HostedQueue queue, Redrive redrive) {
        this.shard = shard;
        this.queue = queue;
        this.redrive = redrive;
        this.outOfTurn = new OutOfTurn(queue);
        this.cursor = state().cursor();
        this.skipped = state().skipped();
        this.failed = state().failed();
    }

    private RedriveState state() {
        return queue.state().redrive();
    }

    /// Nothing of the task is left to look at.
    boolean isThrough() {
        return cursor >= state().until();
    }

    /// It has stopped although it could go on.
    boolean isTired() {
        return tired;
    }

    /// Why the task cannot go on at all.
    Optional<String> failure() {
        return failure;
    }

    void run(int allowed) {
        int left = allowed;
        int looks = 0;
        while (left > 0 && cursor < state().until() && failure.isEmpty()) {
            if (looks++ == LOOKED_AT_MAX) {
                tired = true;
                break;
            }
            if (!queue.reader().seek(cursor)) {
                unread();
            } else if (queue.reader().offset() >= state().until()) {
                cursor = state().until();
            } else {
                cursor = queue.reader().offset();
                left -= look();
            }
        }
        queue.state().round();
        if (cursor != state().cursor()
                || skipped != state().skipped()
                || failed != state().failed()) {
            new RedriveFacts(queue).passed(cursor, skipped, failed);
        }
    }

    /// What cannot be read stays.
    private void unread() {
        if (queue.reader().failure() == null) {
            cursor = state().until();
        } else {
            failed++;
            cursor++;
        }
    }

    /// @return how many it moved
    private int look() {
        int moved = 0;
        switch (verdict()) {
            case Verdict.Passed _ -> {}
            case Verdict.Skipped _ -> skipped++;
            case Verdict.Moved _ -> {
                outOfTurn.redrive(cursor, shard.nowMillis());
                moved = 1;
            }
            case Verdict.Stuck(String why) when redrive.strict() -> {
                failure = Optional.of(why);
                return 0;
            }
            case Verdict.Stuck _ -> failed++;
        }
        cursor++;
        return moved;
    }

    private Verdict verdict() {
        queue.passHoles();
        long key = queue.state().hasKeys() ? queue.reader().key() : 0;
        if (!queue.state().findAt(cursor, key, queue.highWatermark()) || isOver()) {
            return new Verdict.Passed();
        }
        var letter = DeadLetterView.of(queue.reader().at());
        if (!redrive.filter().matches(letter) || letter.redriven() >= max(letter)) {
            return new Verdict.Skipped();
        }
        var to = redrive.to().or(() -> Redriving.firstQueue(queue.reader().envelope()));
        if (to.isEmpty()) {
            return new Verdict.Stuck(Redriving.NO_SOURCE);
        }
        return find(to.get()).isPresent()
                ? new Verdict.Moved()
                : new Verdict.Stuck(Redriving.NO_DESTINATION);
    }

    /// It goes by itself, because of its age.
    private boolean isOver() {
        return QueueRetention.endsMillis(queue) <= shard.nowMillis()
                || QueueExpiry.expiresMillis(queue) <= shard.nowMillis();
    }

    /// How often a message may be moved back: its queue says it, else this one.
    private int max(DeadLetterView letter) {
        return find(letter.sourceQueue())
                .map(source -> shard.broker().catalog().settings(source))
                .orElse(queue.settings())
                .policy()
                .redrive()
                .max();
    }

    private Optional<Queue> find(String name) {
        return shard.broker().catalog().queue(queue.definition().namespace(), name);
    }
}
