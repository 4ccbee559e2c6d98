package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.engine.queue.Dying;
import io.sluice.engine.queue.Outbox;
import java.util.List;
import java.util.function.Consumer;

/// Appends dead letters at a target, and brings its answer back to the queue's shard, whose loop owns it.
final class LetterDelivery {
    private static final short EPOCH = 0;

    private final Shard shard;
    private final HostedQueue queue;
    private final ReadTries tries;

    LetterDelivery(Shard shard, HostedQueue queue, ReadTries tries) {
        this.shard = shard;
        this.queue = queue;
        this.tries = tries;
    }

    /// @param dying of which the target's members are taken
    /// @param heard told of the answer, in a later turn
    void send(Outbox.Target target, List<Dying> dying, Consumer<TargetAnswer> heard) {
        var batch = new DeadLetters(shard, queue, tries).batch(target, dying, EPOCH);
        if (batch == null) {
            onShard(() -> heard.accept(TargetAnswer.AGAIN));
            return;
        }
        shard.broker()
                .append(
                        new Append(target.partition(), Buffer.unpooled(batch.whole())),
                        new Reply<>() {
                            @Override
                            public void done(Append.Appended appended) {
                                onShard(() -> heard.accept(TargetAnswer.DONE));
                            }

                            @Override
                            public void refused(BrokerError error) {
                                onShard(() -> heard.accept(TargetAnswer.of(error, queue, target)));
                            }
                        });
    }

    private void onShard(Runnable task) {
        shard.mailbox().putInternal(new TaskOperation(task));
    }
}
