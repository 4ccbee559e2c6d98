package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.partition.Bodies;
import io.sluice.engine.partition.BodyPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of the records that several partitions of a shard have in common, and what of it they still need. Owned by its shard's loop.
///
/// ```text
///   partition p   ─┬─────────┬───────────┬─ references
///   partition q   ─┼────┬────┼───────────┼─
///                  ▼    ▼    ▼           ▼
///   body log      ┌────┬────┬────┬──────┬────┐
///        trimmed  │    │    │    │      │    │
///                 └────┴────┴────┴──────┴────┘
///                 ▲ the first that some partition refers to at or behind its start
/// ```
///
/// A partition that needs little of much that nobody else does would keep all of it: what it needs is written into its own log then, by the compaction that
/// compacted topics have.
///
/// A partition that another number of shards has brought here refers to the body log of the shard that it came from, which nobody writes to any more.
final class BodyLog implements Bodies {
    private static final Logger log = LoggerFactory.getLogger(BodyLog.class);
    private static final long LOOK_MILLIS = 500;

    /// Less than this is not worth writing anything out.
    private static final long DEAD_BYTES_MIN = 8L << 20;

    /// So many times what is to be written out must become free by it.
    private static final int DEAD_SHARE = 4;

    private static final int SHARDS_SHIFT = 16;
    private static final int SHARD_MASK = (1 << SHARDS_SHIFT) - 1;

    private final Shard shard;
    private final Map<Integer, Log> former = new HashMap<>();
    private final Set<HostedPartition> referring = new LinkedHashSet<>();
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::look);
    private @Nullable Log own;
    private int number;
    private int pending;
    private boolean broken;
    private Set<HostedPartition> pinning = Set.of();

    /// Where the log ended when it was looked at.
    private long lookedAt;

    BodyLog(Shard shard) {
        this.shard = shard;
    }

    /// The name of the body log of one shard where there are `shards` of them.
    static String name(int shards, int index) {
        return prefix(shards) + index;
    }

    /// The name of the body log of that number, as references have it.
    static String name(int number) {
        return name(number >>> SHARDS_SHIFT, number & SHARD_MASK);
    }

    /// What the names of all body logs of that many shards begin with.
    static String prefix(int shards) {
        return PREFIX + shards + ".";
    }

    /// What the names of all body logs begin with.
    static final String PREFIX = "b.";

    /// Opens the shard's own; before any partition is.
    void open(int shards) throws IOException {
        number = shards << SHARDS_SHIFT | shard.index();
        own = shard.store().open(name(number));
    }

    @Override
    public Log log(int wanted) throws IOException {
        if (wanted == number) {
            return own();
        }
        var opened = former.get(wanted);
        if (opened == null) {
            opened = shard.store().open(name(wanted));
            former.put(wanted, opened);
        }
        return opened;
    }

    /// Whether records can be appended. After a full disk that is tried again when what was on its way has come back.
    boolean isOpen() {
        if (broken && pending == 0) {
            try {
                own = shard.store().open(own().name());
                broken = false;
            } catch (StorageFullException stillFull) {
                log.debug("{} stays closed", own, stillFull);
            } catch (IOException e) {
                shard.failed(e);
            }
        }
        return !broken;
    }

    /// Where so many bytes would go.
    BodyPlace nextPlace(int bytes) {
        return new BodyPlace(number, own().next(), bytes);
    }

    PendingChunk append(ByteBuffer records, boolean forced) {
        pending++;
        shard.counters().pending(records.remaining());
        var chunk = new Records(records, forced);
        shard.appends(forced).append(own(), chunk);
        return chunk;
    }

    /// The partition has references now.
    void refers(HostedPartition hosted) {
        referring.add(hosted);
    }

    /// A fact of the partition became durable, or the partition is gone.
    void released(HostedPartition hosted) {
        if (referring.contains(hosted)) {
            lookSoon();
        }
    }

    /// All partitions that could be opened are.
    void recovered() {
        if (own().end() > own().start()) {
            lookSoon();
        }
    }

    private void lookSoon() {
        if (!timer.scheduled()) {
            shard.timers().schedule(timer, shard.monotonicMillis() + LOOK_MILLIS);
        }
    }

    /// Gives up what no partition needs. What a partition may need that could not be opened is not known: then nothing is given up.
    private void look() {
        if (shard.reopening().hasUnopened()) {
            return;
        }
        long needed = own().end();
        for (var each = referring.iterator(); each.hasNext(); ) {
            var hosted = each.next();
            if (hosted.isDropped() || hosted.partition().bodyLogs().findAny().isEmpty()) {
                each.remove();
            } else {
                needed = Math.min(needed, hosted.partition().bodiesNeededFrom(number));
            }
        }
        if (needed > own().start()) {
            own().trim(needed);
        }
        pinning = findPinning(needed);
        lookedAt = own().end();
    }

    /// The partitions that need the log's first records, when they need little of much that could be given up: that is worth writing out.
    private Set<HostedPartition> findPinning(long needed) {
        if (own().end() - needed < DEAD_BYTES_MIN) {
            return Set.of();
        }
        var byNeed =
                referring.stream()
                        .filter(hosted -> need(hosted) < Long.MAX_VALUE)
                        .sorted(Comparator.comparingLong(this::need))
                        .toList();
        long toWriteOut = 0;
        for (int i = 0; i < byNeed.size(); i++) {
            toWriteOut += QueueSpace.liveBytes(shard, byNeed.get(i));
            long next = i + 1 < byNeed.size() ? need(byNeed.get(i + 1)) : own().end();
            if (next - needed >= Math.max(DEAD_BYTES_MIN, DEAD_SHARE * toWriteOut)) {
                return Set.copyOf(byNeed.subList(0, i + 1));
            }
        }
        return Set.of();
    }

    private long need(HostedPartition hosted) {
        return hosted.partition().bodiesNeededFrom(number);
    }

    /// Whether what the partition needs should be written out, for the sake of what lies behind it.
    boolean isPinnedBy(HostedPartition hosted) {
        return pinning.contains(hosted);
    }

    private Log own() {
        assert own != null : "opened by recovery";
        return own;
    }

    private final class Records extends PendingChunk {
        private final boolean forced;
        private final int bytes;

        Records(ByteBuffer records, boolean forced) {
            super(Buffer.unpooled(records), shard.mailbox());
            this.forced = forced;
            this.bytes = records.remaining();
        }

        @Override
        public boolean forced() {
            return forced;
        }

        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            pending--;
            owner.counters().pending(-bytes);
            if (own().end() - lookedAt >= DEAD_BYTES_MIN) {
                lookSoon();
            }
            if (failure instanceof StorageFullException) {
                broken = true;
            } else if (failure != null) {
                owner.failed(failure);
            }
        }
    }
}
