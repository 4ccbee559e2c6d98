package io.sluice.dialect.kafka.share;

import io.sluice.broker.Reply;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Parts of queues that lease, wait and settle on the caller's thread, as far as share sessions need it.
final class PartsFake implements Queues {
    static final UUID TOPIC = new UUID(1, 1);

    final Map<QueuePart, TreeSet<Long>> ready = new HashMap<>();
    final Map<QueuePart, TreeMap<Long, Long>> leased = new HashMap<>();
    final List<Settlement> settlements = new ArrayList<>();
    final List<QueuePart> released = new ArrayList<>();
    final List<Wait> waits = new ArrayList<>();
    private long ids;

    /// Somebody who waits at a part.
    static final class Wait {
        final QueuePart part;
        final Receive receive;
        final Reply<List<Delivery>> reply;
        boolean over;

        Wait(QueuePart part, Receive receive, Reply<List<Delivery>> reply) {
            this.part = part;
            this.receive = receive;
            this.reply = reply;
        }

        void answer(List<Delivery> got) {
            if (!over) {
                over = true;
                reply.done(got);
            }
        }
    }

    static QueuePart part(int index) {
        return new QueuePart(new UUID(2, 2), TOPIC, index);
    }

    /// Who holds what of the part.
    TreeMap<Long, Long> leased(QueuePart part) {
        return leased.computeIfAbsent(part, _ -> new TreeMap<>());
    }

    /// Messages are ready; who waits is not told.
    void publish(QueuePart part, long... offsets) {
        for (long offset : offsets) {
            ready.computeIfAbsent(part, _ -> new TreeSet<>()).add(offset);
        }
    }

    /// Whoever waits first at the part gets what is ready.
    void serve(QueuePart part) {
        waits.stream()
                .filter(wait -> !wait.over && wait.part.equals(part))
                .findFirst()
                .ifPresent(wait -> wait.answer(take(part, wait.receive)));
    }

    private List<Delivery> take(QueuePart part, Receive receive) {
        var there = ready.computeIfAbsent(part, _ -> new TreeSet<>());
        var got = new ArrayList<Delivery>();
        while (!there.isEmpty() && got.size() < receive.messagesMax()) {
            long offset = there.removeFirst();
            leased(part).put(offset, receive.owner());
            got.add(delivery(part, offset));
        }
        return got;
    }

    static Delivery delivery(QueuePart part, long offset) {
        var batch = new BatchBuilder(Compression.NONE, offset, 1);
        batch.add(1, null, new byte[] {(byte) offset});
        return new Delivery(
                part,
                -1,
                batch.build().whole(),
                RecordBatch.HEADER_BYTES,
                offset,
                offset,
                0,
                false,
                100);
    }

    @Override
    public long nextConsumerId() {
        return ++ids;
    }

    @Override
    public Runnable receive(QueuePart part, Receive receive, Reply<List<Delivery>> reply) {
        var got = take(part, receive);
        var wait = new Wait(part, receive, reply);
        if (!got.isEmpty() || receive.waitMillis() == 0) {
            wait.answer(got);
        } else {
            waits.add(wait);
        }
        return () -> wait.answer(List.of());
    }

    @Override
    public void settle(QueuePart part, Settlement settlement, Reply<Integer> reply) {
        reply.done(done(part, settlement));
    }

    @Override
    public void settle(QueuePart part, Settlement settlement) {
        done(part, settlement);
    }

    private int done(QueuePart part, Settlement settlement) {
        settlements.add(settlement);
        int count = 0;
        var held = leased(part);
        var offsets = settlement.offsets();
        for (int i = 0; i < offsets.length; i += 2) {
            for (long offset = offsets[i]; offset <= offsets[i + 1]; offset++) {
                if (held.getOrDefault(offset, -1L) == settlement.owner()) {
                    count++;
                    if (!(settlement.outcome() instanceof Settlement.Extended)) {
                        held.remove(offset);
                    }
                    if (settlement.outcome() instanceof Settlement.Released) {
                        publish(part, offset);
                    }
                }
            }
        }
        return count;
    }

    @Override
    public void release(QueuePart part, long owner) {
        released.add(part);
        var held = leased(part);
        held.forEach(
                (offset, holder) -> {
                    if (holder == owner) {
                        publish(part, offset);
                    }
                });
        held.values().removeIf(holder -> holder == owner);
    }

    private static UnsupportedOperationException nobodyAsks() {
        return new UnsupportedOperationException("share sessions do not ask this");
    }

    @Override
    public void subscribe(QueuePart part, Consumer consumer, Reply<QueueStatus> reply) {
        throw nobodyAsks();
    }

    @Override
    public void credit(QueuePart part, long consumer, long bytes) {
        throw nobodyAsks();
    }

    @Override
    public void cancel(QueuePart part, long consumer, Reply<Boolean> reply) {
        throw nobodyAsks();
    }

    @Override
    public void get(QueuePart part, long owner, boolean settled, Reply<Optional<Got>> reply) {
        throw nobodyAsks();
    }

    @Override
    public void settle(QueuePart part, Receipts receipts, Reply<List<Receipts.Outcome>> reply) {
        throw nobodyAsks();
    }

    @Override
    public void purge(QueuePart part, Reply<Long> reply) {
        throw nobodyAsks();
    }

    @Override
    public void status(QueuePart part, Reply<QueueStatus> reply) {
        throw nobodyAsks();
    }

    @Override
    public void peek(QueuePart part, Peek peek, Reply<Peeked> reply) {
        throw nobodyAsks();
    }

    @Override
    public void remove(QueuePart part, long offset, Reply<Boolean> reply) {
        throw nobodyAsks();
    }

    @Override
    public void redriving(QueuePart part, Reply<RedriveProgress> reply) {
        throw nobodyAsks();
    }

    @Override
    public void report(QueuePart part, Reply<QueueReport> reply) {
        throw nobodyAsks();
    }

    @Override
    public void breaker(QueuePart part, BreakerView.Wish wish, Reply<BreakerView> reply) {
        throw nobodyAsks();
    }

    @Override
    public void used(QueuePart part) {
        throw nobodyAsks();
    }

    @Override
    public void delete(UUID queue, boolean ifUnused, boolean ifEmpty, Reply<Long> reply) {
        throw nobodyAsks();
    }
}
