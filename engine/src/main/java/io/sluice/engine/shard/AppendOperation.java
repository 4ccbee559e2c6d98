package io.sluice.engine.shard;

import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.FencedException;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.partition.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One batch from its command to its reply: the command in the mailbox, the chunk in the store and the reply that waits are one
/// object.
final class AppendOperation extends PendingChunk implements Command {
    /// There is one leader, for ever the same.
    private static final int LEADER_EPOCH = 0;

    private final Append append;
    private final Reply<Appended> reply;
    private final int bytes;
    private @Nullable HostedPartition hosted;
    private boolean forced;
    private long baseOffset;
    private long nextOffset;
    private int records;

    /// Its outcome has taken effect.
    private boolean told;

    /// The same batch, sent again before this one was durable.
    private List<AppendOperation> again = List.of();

    AppendOperation(Append append, Reply<Appended> reply, Mailbox mailbox) {
        super(append.batch(), mailbox);
        this.append = append;
        this.reply = reply;
        this.bytes = append.batch().bytes().remaining();
    }

    @Override
    public boolean forced() {
        return forced;
    }

    @Override
    public void run(Shard shard) {
        var owner = shard.partition(append.partition());
        if (owner == null) {
            refuse(shard.missing(append.partition()));
            return;
        }
        var closed = shard.refusal(owner, bytes);
        if (closed != null) {
            refuse(closed);
            return;
        }
        var buffer = append.batch().bytes();
        var batch = RecordBatch.view(buffer, buffer.position());
        var full = shard.queueRefusal(owner, batch.count());
        if (full != null) {
            refuse(full);
            return;
        }
        switch (owner.partition().decide(batch, shard.nowMillis())) {
            case Decision.Accept(long offset) when isExpected(offset) ->
                    accept(shard, owner, batch, offset);
            case Decision.Accept(long offset) ->
                    refuse(
                            new BrokerError.OffsetOutOfRange(
                                    append.expectedOffset(),
                                    owner.partition().startOffset(),
                                    offset));
            case Decision.Duplicate duplicate -> repeat(shard, owner, duplicate);
            case Decision.Refused(BrokerError error) -> refuse(error);
        }
    }

    @Override
    public void refuse(BrokerError error) {
        append.batch().release();
        reply.refused(error);
    }

    private boolean isExpected(long offset) {
        return append.expectedOffset() == Append.ANYWHERE || append.expectedOffset() == offset;
    }

    private void accept(Shard shard, HostedPartition owner, RecordBatch batch, long offset) {
        batch.assign(offset, LEADER_EPOCH);
        hosted = owner;
        forced = !append.lax() && owner.forced(shard.settings().forced());
        baseOffset = offset;
        nextOffset = batch.nextOffset();
        records = batch.count();
        owner.partition().apply(batch, owner.tail().next(), shard.nowMillis());
        owner.appendsPending++;
        owner.arriving.add(this);
        shard.counters().pending(bytes);
        shard.appends(forced).append(owner.tail(), this);
    }

    /// The first one may not be durable yet, or may never be: this one shares its fate.
    private void repeat(Shard shard, HostedPartition owner, Decision.Duplicate duplicate) {
        append.batch().release();
        baseOffset = duplicate.baseOffset();
        if (duplicate.lastOffset() < owner.partition().highWatermark()) {
            reply.done(new Appended(baseOffset, owner.partition().startOffset(), true));
            return;
        }
        var first = shard.pendingAppend(owner, baseOffset);
        assert first != null
                : "a batch that is neither durable nor pending was never appended: " + duplicate;
        first.again = first.again.isEmpty() ? new ArrayList<>() : first.again;
        first.again.add(this);
    }

    boolean isAt(HostedPartition owner, long offset) {
        return hosted == owner && baseOffset == offset;
    }

    @Override
    void settled(Shard shard, @Nullable IOException failure) {
        var owner = hosted;
        assert owner != null : "only an accepted batch is handed to the store";
        if (told) {
            return;
        }
        tellEarlier(shard, owner);
        told = true;
        owner.appendsPending--;
        shard.counters().pending(-bytes);
        if (failure == null) {
            done(shard, owner);
        } else {
            failed(shard, owner, failure);
        }
    }

    /// Forced and unforced appends wait in two lines. What came before this one in its log is through too, and takes effect before.
    private void tellEarlier(Shard shard, HostedPartition owner) {
        var first = owner.arriving.element();
        while (first != this && first.isSettled()) {
            first.settle(shard);
            first = owner.arriving.element();
        }
        owner.arriving.remove(this);
    }

    private void done(Shard shard, HostedPartition owner) {
        var partition = owner.partition();
        partition.durable(Math.max(nextOffset, partition.highWatermark()));
        shard.counters().appended(records, bytes);
        shard.grew(owner, bytes);
        shard.published(owner, append, baseOffset, nextOffset, records);
        reply.done(new Appended(baseOffset, partition.startOffset(), false));
        for (var duplicate : again) {
            duplicate.reply.done(new Appended(baseOffset, partition.startOffset(), true));
        }
    }

    private void failed(Shard shard, HostedPartition owner, IOException failure) {
        var error =
                switch (failure) {
                    case StorageFullException full ->
                            new BrokerError.StorageFull(String.valueOf(full.getMessage()));
                    case FencedException _ -> shard.missing(append.partition());
                    default -> new BrokerError.StorageFailed(String.valueOf(failure.getMessage()));
                };
        shard.appendFailed(owner, failure, error);
        reply.refused(error);
        for (var duplicate : again) {
            duplicate.reply.refused(error);
        }
    }
}
