package io.sluice.dialect.amqp.session;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The publishes of one turn to one queue, on their way to be one record batch; then the reply to its append.
///
/// Whose publishes are in it is kept as runs of numbers, as one channel's mostly follow each other.
final class OpenBatch extends Event implements Reply<Append.Appended> {
    private final Publishing publishing;
    private final Target target;
    private final BatchBuilder builder;
    private final long nowMillis;
    private boolean lax = true;
    private boolean delayed;
    private AppendWaiter[] waiters = new AppendWaiter[1];
    private long[] runs = new long[2];
    private int count;
    private int bytes;
    private @Nullable BrokerError error;

    /// Kept where it is dead-lettered when it is refused.
    private @Nullable ByteBuffer whole;

    OpenBatch(Publishing publishing, Target target, long nowMillis) {
        this.publishing = publishing;
        this.target = target;
        this.nowMillis = nowMillis;
        this.builder = new BatchBuilder(Compression.NONE, 0, nowMillis);
    }

    /// @param headers raw, their count first
    /// @param number of the publish, as its waiter counts
    void add(
            ByteBuffer body,
            ByteBuffer headers,
            boolean persistent,
            boolean isDelayed,
            AppendWaiter waiter,
            long number) {
        builder.add(nowMillis, null, body, headers);
        lax &= !persistent || target.isForgetful();
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

    Target target() {
        return target;
    }

    /// Of its records so far; of the whole batch once it is made.
    int bytes() {
        return bytes == 0 ? builder.bytes() : bytes;
    }

    /// The append that it has become. Nothing is added any more.
    Append close() {
        var made = builder.build().whole();
        bytes = made.remaining();
        whole = target.lettersOf() == null ? null : made.duplicate();
        return new Append(target.partition(), Buffer.unpooled(made), Append.ANYWHERE, lax, delayed);
    }

    @Override
    public void done(Append.Appended appended) {
        publishing.inbox().put(this);
    }

    @Override
    public void refused(BrokerError why) {
        error = why;
        publishing.inbox().put(this);
    }

    @Override
    void happen() {
        if (whole != null && target.lettersOf() != null && error instanceof BrokerError.QueueFull) {
            RefusedLetters.send(publishing.broker(), target.lettersOf(), whole);
        }
        for (int i = 0; i < count; i++) {
            waiters[i].appended(runs[2 * i], runs[2 * i + 1], error);
        }
        publishing.returned(this);
    }
}
