package io.sluice.dialect.amqp.session;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.BrokerError.InvalidRecord;
import io.sluice.broker.Reply;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The publishes of one turn to one set of queues, on their way to be one record batch; then what became of it in each queue.
///
/// Whose publishes are in it is kept as runs of numbers, as one channel's mostly follow each other.
final class OpenBatch extends Event implements Reply<List<Outcome>> {
    private final Publishing publishing;
    private final TargetSet set;
    private final BatchBuilder builder;
    private final long nowMillis;
    private boolean lax = true;
    private boolean delayed;
    private AppendWaiter[] waiters = new AppendWaiter[1];
    private long[] runs = new long[2];
    private int count;
    private int bytes;
    private List<Outcome> outcomes = List.of();

    /// Kept where it is dead-lettered when it is refused.
    private @Nullable ByteBuffer whole;

    OpenBatch(Publishing publishing, TargetSet set, long nowMillis) {
        this.publishing = publishing;
        this.set = set;
        this.nowMillis = nowMillis;
        this.builder = new BatchBuilder(Compression.NONE, 0, nowMillis, set.expectedBytes);
    }

    /// @param key null: it has none
    /// @param headers raw, their count first
    /// @param number of the publish, as its waiter counts
    void add(
            @Nullable ByteBuffer key,
            ByteBuffer body,
            ByteBuffer headers,
            boolean persistent,
            boolean isDelayed,
            AppendWaiter waiter,
            long number) {
        builder.add(nowMillis, key, body, headers);
        lax &= !persistent || set.isForgetful();
        delayed |= isDelayed;
        if (count > 0 && waiters[count - 1].equals(waiter) && runs[2 * count - 1] == number - 1) {
            runs[2 * count - 1] = number;
            return;
        }
        if (count == waiters.length) {
            waiters = Arrays.copyOf(waiters, 2 * count);
            runs = Arrays.copyOf(runs, 4 * count);
        }
        waiters[count] = waiter;
        runs[2 * count] = number;
        runs[2 * count + 1] = number;
        count++;
    }

    TargetSet set() {
        return set;
    }

    /// Of its records so far; of the whole batch once it is made.
    int bytes() {
        return bytes == 0 ? builder.bytes() : bytes;
    }

    /// Makes the batch and sends it off. Nothing is added any more.
    ///
    /// @return its bytes
    int send(Broker broker) {
        var made = builder.build().whole();
        bytes = made.remaining();
        set.expectedBytes = bytes + bytes / 8;
        whole =
                set.targets().stream().anyMatch(t -> t.lettersOf() != null)
                        ? made.duplicate()
                        : null;
        var buffer = Buffer.unpooled(made);
        if (set.size() == 1) {
            var to = set.first().partition();
            broker.append(
                    new Append(to, buffer, Append.ANYWHERE, lax, delayed, null, true),
                    new Single());
        } else {
            var to = set.targets().stream().map(Target::partition).toList();
            broker.appendToAll(new AppendToAll(to, buffer, lax, delayed), this);
        }
        return bytes;
    }

    @Override
    public void done(List<Outcome> all) {
        outcomes = all;
        publishing.inbox().put(this);
    }

    @Override
    public void refused(BrokerError why) {
        done(Collections.nCopies(set.size(), new Outcome.Refused(why)));
    }

    @Override
    void happen() {
        for (int i = 0; i < outcomes.size(); i++) {
            happened(set.targets().get(i), outcomes.get(i));
        }
        publishing.returned(this);
    }

    private void happened(Target target, Outcome outcome) {
        var error =
                switch (outcome) {
                    case Outcome.Done _ -> null;
                    case Outcome.Refused(var why) -> why;
                };
        var queue = target.lettersOf();
        if (whole != null && queue != null && error instanceof BrokerError.QueueFull) {
            RefusedLetters.send(publishing.broker(), queue, whole);
        }
        var apart =
                outcome instanceof Outcome.Done(var appended)
                        ? appended.refused().iterator()
                        : Collections.<InvalidRecord>emptyIterator();
        if (apart.hasNext()) {
            happenedApart(apart);
            return;
        }
        for (int i = 0; i < count; i++) {
            waiters[i].appended(runs[2 * i], runs[2 * i + 1], error);
        }
    }

    /// Some records were refused and the others were not.
    private void happenedApart(Iterator<InvalidRecord> refused) {
        var next = refused.next();
        int place = 0;
        for (int i = 0; i < count; i++) {
            for (long number = runs[2 * i]; number <= runs[2 * i + 1]; number++, place++) {
                BrokerError error = null;
                if (next != null && next.index() == place) {
                    error = BrokerError.InvalidRecords.alone(next.message());
                    next = refused.hasNext() ? refused.next() : null;
                }
                waiters[i].appended(number, number, error);
            }
        }
    }

    /// The reply where there is one queue.
    private final class Single implements Reply<Append.Appended> {
        @Override
        public void done(Append.Appended appended) {
            OpenBatch.this.done(List.of(new Outcome.Done(appended)));
        }

        @Override
        public void refused(BrokerError why) {
            OpenBatch.this.refused(why);
        }
    }
}
