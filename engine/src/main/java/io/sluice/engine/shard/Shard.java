package io.sluice.engine.shard;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Once;
import io.sluice.broker.PartitionId;
import io.sluice.engine.drive.Driven;
import io.sluice.engine.log.FencedException;
import io.sluice.engine.log.LogStore;
import io.sluice.engine.log.StorageFullException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One single-writer loop, driven by a thread of its own or by those that bring it work.
///
/// It owns and it routes; what is done is in the operations.
public final class Shard implements Driven {
    private static final Logger log = LoggerFactory.getLogger(Shard.class);
    private static final int COMMANDS_PER_TURN = 256;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int index;
    private final ShardSettings settings;
    private final Clock clock;
    private final LogStore store;
    private final Consumer<IOException> failure;
    private final Mailbox mailbox;
    private final TimerWheel timers;
    private final Counters counters = new Counters();
    private final Background background = new Background();
    private final PendingChunks forcedAppends = new PendingChunks();
    private final PendingChunks unforcedAppends = new PendingChunks();
    private final PendingChunks others = new PendingChunks();
    private final Map<PartitionId, HostedPartition> partitions = new HashMap<>();
    private final List<HostedPartition> grown = new ArrayList<>();
    private final ArrayDeque<FetchOperation> ended = new ArrayDeque<>();
    private final Reopening reopening = new Reopening(this);
    private final Checkpoints checkpoints = new Checkpoints(this);
    private final Compactions compactions = new Compactions(this);
    private final Retention retention = new Retention(this);
    private final Broker broker;
    private final ShardQueues queues;
    private final BodyLog bodies = new BodyLog(this);
    private @Nullable StateLog stateLog;
    private @Nullable Runnable afterTurn;
    private @Nullable Stopping stopping;
    private long nowMillis;
    private long monotonicMillis;
    private boolean finished;

    Shard(
            int index,
            ShardSettings settings,
            Clock clock,
            LogStore store,
            Broker broker,
            Consumer<IOException> failure) {
        this.index = index;
        this.broker = broker;
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.failure = failure;
        this.mailbox = new Mailbox(settings.mailboxCapacity());
        this.nowMillis = clock.millis();
        this.monotonicMillis = clock.nanos() / NANOS_PER_MILLI;
        this.timers = new TimerWheel(monotonicMillis);
        this.queues = new ShardQueues(this);
    }

    @Override
    public boolean turn() {
        try {
            return work();
        } catch (RuntimeException | Error e) {
            log.error("{} stops: an expectation does not hold", this, e);
            finished = true;
            failed(new IOException(this + " has stopped: " + e, e));
            mailbox.close();
            return false;
        }
    }

    private boolean work() {
        long startNanos = clock.nanos();
        nowMillis = clock.millis();
        monotonicMillis = startNanos / NANOS_PER_MILLI;
        boolean any = mailbox.drain(this, COMMANDS_PER_TURN);
        any |= settle();
        any |= timers.advance(monotonicMillis);
        any |= background.step(this);
        any |= queues.turn();
        if (afterTurn != null) {
            afterTurn.run();
        }
        if (stopping != null && !finished && stopping.isDone(this)) {
            finish(stopping);
        }
        if (any) {
            counters.turned(clock.nanos() - startNanos);
        }
        return any;
    }

    @Override
    public long idleNanos() {
        long next = timers.nextMillis();
        return next == Long.MAX_VALUE ? NEVER : Math.max(0, next * NANOS_PER_MILLI - clock.nanos());
    }

    @Override
    public boolean finished() {
        return finished;
    }

    /// First all that is durable is told, then those who wait for growth read: they find all of it.
    private boolean settle() {
        boolean any = forcedAppends.settle(this);
        any |= unforcedAppends.settle(this);
        any |= others.settle(this);
        for (var hosted : grown) {
            hosted.waiters.grew(hosted.grownBytes, ended);
            hosted.grownBytes = 0;
        }
        grown.clear();
        resumeEnded();
        return any;
    }

    private void resumeEnded() {
        for (var fetch = ended.poll(); fetch != null; fetch = ended.poll()) {
            fetch.resume(this);
        }
    }

    private void finish(Stopping how) {
        finished = true;
        mailbox.close();
        how.done();
    }

    // ---- what operations use

    int index() {
        return index;
    }

    ShardSettings settings() {
        return settings;
    }

    LogStore store() {
        return store;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    TimerWheel timers() {
        return timers;
    }

    Counters counters() {
        return counters;
    }

    Background background() {
        return background;
    }

    Reopening reopening() {
        return reopening;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    Compactions compactions() {
        return compactions;
    }

    Retention retention() {
        return retention;
    }

    BodyLog bodies() {
        return bodies;
    }

    ShardQueues queues() {
        return queues;
    }

    /// The port, for what concerns other shards or the catalog.
    Broker broker() {
        return broker;
    }

    /// Wall clock, as of this turn.
    long nowMillis() {
        return nowMillis;
    }

    /// The timers' clock, as of this turn.
    long monotonicMillis() {
        return monotonicMillis;
    }

    StateLog stateLog() {
        assert stateLog != null : "facts are journalled after recovery only";
        return stateLog;
    }

    /// Set once, by recovery.
    void stateLog(StateLog recovered) {
        stateLog = recovered;
    }

    /// Runs at the end of every turn from now on.
    void afterTurn(Runnable task) {
        afterTurn = task;
    }

    /// Appends of partitions, which wait for each other only within their kind of durability.
    PendingChunks appends(boolean forced) {
        return forced ? forcedAppends : unforcedAppends;
    }

    /// Facts, catalog entries, compacted batches.
    PendingChunks others() {
        return others;
    }

    @Nullable HostedPartition partition(PartitionId id) {
        return partitions.get(id);
    }

    Collection<HostedPartition> partitions() {
        return partitions.values();
    }

    /// Why a partition that is not hosted is not.
    BrokerError missing(PartitionId id) {
        return reopening.missing(id);
    }

    void host(HostedPartition hosted) {
        partitions.put(hosted.id(), hosted);
        counters.owns(partitions.size());
    }

    /// The partition is deleted; whoever waits for it is told.
    void drop(HostedPartition hosted) {
        partitions.remove(hosted.id());
        counters.owns(partitions.size());
        hosted.drop();
        bodies.released(hosted);
        for (var queue : List.copyOf(hosted.queues)) {
            queues.drop(queue.part().stateId());
        }
        stateLog().space().forget(hosted.id());
        queues.unread().forget(hosted);
        compactions.drop(hosted);
        hosted.waiters.end(ended);
        resumeEnded();
    }

    /// Why no batch of `bytes` is taken now; null when it is.
    @Nullable BrokerError refusal(HostedPartition hosted, int bytes) {
        if (stopping != null) {
            return new BrokerError.Unavailable("the broker is stopping");
        }
        if (counters.pendingBytes() + bytes > settings.pendingBytesMax()) {
            return new BrokerError.Overloaded(
                    counters.pendingBytes() + " bytes are waiting for the disk already; try again");
        }
        return hosted.refusal();
    }

    /// Why a batch of so many records is not taken by a queue on the partition; null when it is.
    @Nullable BrokerError queueRefusal(HostedPartition hosted, int records) {
        for (var queue : hosted.queues) {
            var refusal = queue.arrivals().refusal(records);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /// A message that is to be there once is on its way.
    void remember(HostedPartition hosted, Once once, long offset) {
        var queue = hosted.remembering();
        if (queue != null) {
            queue.deduplication().remember(once, offset, nowMillis());
            queues.look(queue);
        }
    }

    /// It did not arrive.
    void forget(HostedPartition hosted, Once once) {
        var queue = hosted.remembering();
        if (queue != null) {
            queue.deduplication().forget(once);
            queues.look(queue);
        }
    }

    /// The append on its way that got this offset; null when there is none.
    @Nullable AppendOperation pendingAppend(HostedPartition hosted, long baseOffset) {
        for (var queue : List.of(forcedAppends, unforcedAppends)) {
            for (var chunk = queue.first(); chunk != null; chunk = chunk.next) {
                if (chunk instanceof AppendOperation append && append.isAt(hosted, baseOffset)) {
                    return append;
                }
            }
        }
        return null;
    }

    /// More became durable. Those who wait hear of it when all that settled together is told.
    ///
    /// @param storedBytes that a start has to look through
    /// @param bytes that there are to read
    void grew(HostedPartition hosted, int storedBytes, int bytes) {
        if (hosted.grownBytes == 0) {
            grown.add(hosted);
        }
        hosted.grownBytes += bytes;
        checkpoints.appended(hosted, storedBytes);
    }

    /// A batch became durable: the queues on the partition have something to hand out.
    void published(
            HostedPartition hosted, AppendOperation append, long from, long to, int records) {
        for (var queue : hosted.queues) {
            queue.arrivals().appended(append, from, to, records, nowMillis());
            queues.look(queue);
        }
    }

    /// An append to this partition's log failed; all later ones through the same handle fail too.
    void appendFailed(HostedPartition hosted, IOException cause, BrokerError error) {
        if (cause instanceof StorageFullException) {
            reopening.broke(hosted, error);
        } else if (!(cause instanceof FencedException && hosted.isDropped())) {
            failed(cause);
        }
    }

    /// The store is of no use any more, or this shard is not.
    void failed(IOException cause) {
        failure.accept(cause);
    }

    /// True when nothing is on its way into the store.
    boolean isSettled() {
        return forcedAppends.isEmpty() && unforcedAppends.isEmpty() && others.isEmpty();
    }

    boolean isStopping() {
        return stopping != null;
    }

    /// Hands `command` to another shard, or to this one; later, when its mailbox is full now.
    void tell(Shard other, Command command) {
        if (!other.mailbox.putInternal(command)) {
            if (other.mailbox.isClosed()) {
                command.refuse(new BrokerError.Unavailable("the broker is stopping"));
            } else {
                timers.schedule(
                        TimerWheel.Timer.of(() -> tell(other, command)), monotonicMillis + 1);
            }
        }
    }

    /// Ends all waits, writes checkpoints, and is finished when all of that is settled.
    void stop(Stopping how) {
        stopping = how;
        compactions.abandon();
        for (var hosted : partitions.values()) {
            hosted.waiters.end(ended);
        }
        queues.endWaits();
        resumeEnded();
    }

    ShardStatistics statistics() {
        return counters.statistics(index, mailbox);
    }

    @Override
    public String toString() {
        return "shard-" + index;
    }
}
