package io.sluice.schema.gate;

import io.sluice.broker.Append.Appended;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One reply for several appends, given when the last of them has come: refused if any was, as whoever sent the batch must know that something of it is
/// not safe.
final class Gathering {
    private final Reply<Appended> reply;
    private final AtomicInteger missing;
    private final AtomicReference<@Nullable BrokerError> refusal = new AtomicReference<>();
    private final AtomicReference<Appended> answer;

    /// @param nothing what is replied when none of them is the main one
    Gathering(int appends, Appended nothing, Reply<Appended> reply) {
        this.missing = new AtomicInteger(appends);
        this.answer = new AtomicReference<>(nothing);
        this.reply = reply;
    }

    /// @param isMain whether its answer is the one that is replied
    Reply<Appended> one(boolean isMain) {
        return new Reply<>() {
            @Override
            public void done(Appended appended) {
                if (isMain) {
                    answer.set(appended);
                }
                arrived();
            }

            @Override
            public void refused(BrokerError error) {
                refusal.compareAndSet(null, error);
                arrived();
            }
        };
    }

    private void arrived() {
        if (missing.decrementAndGet() > 0) {
            return;
        }
        var refused = refusal.get();
        if (refused == null) {
            reply.done(answer.get());
        } else {
            reply.refused(refused);
        }
    }
}
