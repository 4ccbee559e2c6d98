package io.sluice.simulation.queue;

import io.sluice.broker.Broker;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.record.RecordBatch;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.broker.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Those who ask one queue for messages now and then and settle them by their receipts, without a connection that could be lost: what they were handed
/// they have until their leases end, whatever becomes of the broker.
final class SimulatedReceiver {
    private static final int RECEIPTS_MAX = 60;

    private final ModelQueue queue;
    private final List<Receipt> receipts = new ArrayList<>();
    private Runnable cancel = () -> {};

    private record Receipt(long offset, int returned, Hold hold) {}

    SimulatedReceiver(ModelQueue queue) {
        this.queue = queue;
    }

    /// Asks for messages, or ends the last one's wait.
    void receive(Broker broker, ModelMessages messages, LongSupplier now, RandomGenerator random) {
        if (random.nextInt(6) == 0) {
            cancel.run();
            return;
        }
        var asked = queue.asked(now.getAsLong());
        long lease = random.nextInt(5) == 0 ? 0 : 500 + random.nextInt(3_000);
        int wait = random.nextBoolean() ? 0 : random.nextInt(2_000);
        var receive =
                new Receive(
                        broker.queues().nextConsumerId(),
                        1 + random.nextInt(10),
                        1 + random.nextInt(20_000),
                        lease,
                        wait,
                        1_000_000,
                        "receiver");
        cancel =
                broker.queues()
                        .receive(
                                queue.part(),
                                receive,
                                new Told<>(
                                        got ->
                                                got(
                                                        got,
                                                        asked,
                                                        asked.atMillis() + lease,
                                                        messages,
                                                        now),
                                        _ -> {}));
    }

    /// What it finds broken is for the world to throw, as for consumers.
    private void got(
            List<Delivery> got,
            ModelQueue.Asked whenAsked,
            long untilMillis,
            ModelMessages messages,
            LongSupplier now) {
        var whoAsked = new Object();
        var asked = whenAsked;
        try {
            for (var delivery : got) {
                var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
                while (records.next() && records.offset() <= delivery.lastOffset()) {
                    var value = records.value();
                    assert value != null : "every message has a body";
                    var message = messages.published(queue.idOf(value.getLong(0)), queue);
                    var hold = new Hold(whoAsked, message, untilMillis);
                    queue.handed(
                            records.offset(), hold, delivery.returned(), asked, now.getAsLong());
                    asked = delivery.returned() == 0 ? asked.and(message, records.offset()) : asked;
                    message.outOfOrder = true;
                    if (!message.lax) {
                        receipts.add(new Receipt(records.offset(), delivery.returned(), hold));
                    }
                }
            }
        } catch (InvariantBroken broken) {
            queue.broken = broken;
        }
    }

    /// Shows some receipts, old ones too.
    void settle(Broker broker, LongSupplier now, RandomGenerator random) {
        if (receipts.isEmpty()) {
            return;
        }
        var shown = new ArrayList<Receipt>();
        for (int left = 1 + random.nextInt(4); left > 0 && !receipts.isEmpty(); left--) {
            int which = random.nextInt(receipts.size());
            if (!shown.contains(receipts.get(which))) {
                shown.add(receipts.get(which));
            }
            if (receipts.size() > RECEIPTS_MAX || random.nextInt(4) > 0) {
                receipts.remove(which);
            }
        }
        if (random.nextInt(3) > 0) {
            delete(broker, shown, now);
        } else {
            hide(broker, shown, random.nextInt(3) == 0 ? 0 : random.nextInt(3_000), now);
        }
    }

    private void delete(Broker broker, List<Receipt> shown, LongSupplier now) {
        var until = shown.stream().map(one -> one.hold().untilMillis).toList();
        shown.forEach(
                one -> {
                    one.hold().message.accepted++;
                    mayBeHeldByNobody(one, 0);
                });
        send(
                broker,
                shown,
                new Receipts.Delete(),
                (outcome, index) -> {
                    var message = shown.get(index).hold().message;
                    switch (outcome) {
                        case DONE -> message.settledForGood = true;
                        case EXPIRED -> {
                            message.accepted--;
                            mayHaveExpired(shown.get(index), until.get(index), now);
                        }
                        case GONE ->
                                throw new InvariantBroken(
                                        "DeletingTwiceIsDone", message.toString());
                    }
                });
    }

    private void hide(Broker broker, List<Receipt> shown, long millis, LongSupplier now) {
        long asked = now.getAsLong();
        var until = shown.stream().map(one -> one.hold().untilMillis).toList();
        shown.forEach(one -> mayBeHeldByNobody(one, asked + millis));
        var count = shown.stream().map(one -> one.hold().shown).toList();
        send(
                broker,
                shown,
                new Receipts.Hide(millis),
                (outcome, index) -> {
                    var one = shown.get(index);
                    switch (outcome) {
                        case DONE -> {
                            // Unless a later wish is on its way, with this receipt or with another
                            // one.
                            if (millis > 0
                                    && one.hold().shown == count.get(index)
                                    && !queue.wished.containsKey(one.offset())
                                    && queue.held.get(one.offset()) == one.hold()) {
                                one.hold().untilMillis = asked + millis;
                            }
                        }
                        case EXPIRED -> mayHaveExpired(one, until.get(index), now);
                        case GONE -> mayBeGone(one);
                    }
                });
    }

    /// From now on nobody is certain to have it for longer, nor who gets it before this one's wish is done.
    private void mayBeHeldByNobody(Receipt receipt, long untilMillis) {
        receipt.hold().shown++;
        receipt.hold().untilMillis = Math.min(receipt.hold().untilMillis, untilMillis);
        if (!queue.isStrict()) {
            var hold = queue.held.get(receipt.offset());
            if (hold != null) {
                hold.untilMillis = Math.min(hold.untilMillis, untilMillis);
            }
            queue.wished.merge(receipt.offset(), 1, Integer::sum);
        }
    }

    private void wishDone(long offset) {
        queue.wished.computeIfPresent(offset, (_, wishes) -> wishes > 1 ? wishes - 1 : null);
    }

    private void mayHaveExpired(Receipt receipt, long untilMillis, LongSupplier now) {
        boolean mayBe =
                queue.isStrict()
                        ? untilMillis <= now.getAsLong()
                        : receipt.hold().message.mayWait
                                || queue.settings.policy().retry().hasBackoff()
                                || queue.settings.policy().breaker().isOn();
        if (!mayBe) {
            throw new InvariantBroken(
                    "AReceiptIsGoodAsLongAsItsLease",
                    receipt.hold().message + " at " + receipt.offset());
        }
    }

    private void mayBeGone(Receipt receipt) {
        if (!receipt.hold().message.mayBeGone() && queue.settings.attemptsMax() < 0) {
            throw new InvariantBroken(
                    "NoMessageIsGoneByItself", receipt.hold().message + " at " + receipt.offset());
        }
    }

    /// Who is told how it went for one receipt.
    private interface Heard {
        void heard(Outcome outcome, int index);
    }

    private void send(Broker broker, List<Receipt> shown, Receipts.Wish wish, Heard heard) {
        var receipts =
                new Receipts(
                        shown.stream().mapToLong(Receipt::offset).toArray(),
                        shown.stream().mapToInt(Receipt::returned).toArray(),
                        wish);
        broker.queues()
                .settle(
                        queue.part(),
                        receipts,
                        new Told<>(
                                outcomes -> {
                                    try {
                                        shown.forEach(one -> wishDone(one.offset()));
                                        for (int i = 0; i < outcomes.size(); i++) {
                                            heard.heard(outcomes.get(i), i);
                                        }
                                    } catch (InvariantBroken broken) {
                                        queue.broken = broken;
                                    }
                                },
                                _ -> {}));
    }
}
