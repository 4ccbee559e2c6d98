package io.sluice.dialect.sqs.operation;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One receive from a queue of several parts: it takes what they have, one after the other, and when they have nothing waits for all of them at once. What
/// comes from others when one has answered is given back, untouched, as far as it is too much.
///
/// Replies come on the threads of several shards.
final class AllParts {
    private final Call call;
    private final List<QueuePart> parts;
    private final Receive receive;
    private final Consumer<List<Delivery>> then;
    private final List<Delivery> got = new ArrayList<>();
    private final Queue<Runnable> cancels = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    private AllParts(Call call, SqsQueue queue, Receive receive, Consumer<List<Delivery>> then) {
        this.call = call;
        this.receive = receive;
        this.then = then;
        this.parts = new ArrayList<>(queue.parts());
        // Every one is the first now and then.
        Collections.rotate(parts, call.services().random().nextInt(parts.size()));
    }

    static void receive(Call call, SqsQueue queue, Receive receive, Consumer<List<Delivery>> then) {
        var all = new AllParts(call, queue, receive, then);
        call.whenGone(all::end);
        all.look(0);
    }

    private Receive atMost(int messages, long waitMillis) {
        return new Receive(
                receive.owner(),
                messages,
                receive.bytesMax(),
                receive.leaseMillis(),
                waitMillis,
                receive.leasedMax(),
                receive.consumer());
    }

    private void look(int index) {
        int room = receive.messagesMax() - messages(got);
        if (room <= 0 || index == parts.size()) {
            if (got.isEmpty() && receive.waitMillis() > 0) {
                new Waiting().begin();
            } else {
                then.accept(got);
            }
            return;
        }
        var _ =
                call.services()
                        .broker()
                        .queues()
                        .receive(
                                parts.get(index),
                                atMost(room, 0),
                                new Reply<>() {
                                    @Override
                                    public void done(List<Delivery> deliveries) {
                                        got.addAll(deliveries);
                                        look(index + 1);
                                    }

                                    @Override
                                    public void refused(BrokerError error) {
                                        failed(error);
                                    }
                                });
    }

    /// What others have given is not lost for what one cannot give.
    private void failed(BrokerError error) {
        if (got.isEmpty()) {
            call.refuse(Refusals.of(error));
        } else {
            then.accept(got);
        }
    }

    private static int messages(List<Delivery> deliveries) {
        long messages = 0;
        for (var delivery : deliveries) {
            messages += delivery.lastOffset() - delivery.firstOffset() + 1;
        }
        return Math.toIntExact(messages);
    }

    /// For all parts at once.
    private final class Waiting {
        private final Queue<Delivery> come = new ConcurrentLinkedQueue<>();
        private final AtomicInteger open = new AtomicInteger(parts.size());

        void begin() {
            for (var part : parts) {
                var cancel =
                        call.services()
                                .broker()
                                .queues()
                                .receive(
                                        part,
                                        atMost(receive.messagesMax(), receive.waitMillis()),
                                        new Reply<>() {
                                            @Override
                                            public void done(List<Delivery> deliveries) {
                                                come.addAll(deliveries);
                                                answered(!deliveries.isEmpty());
                                            }

                                            @Override
                                            public void refused(BrokerError error) {
                                                answered(true);
                                            }
                                        });
                cancels.add(cancel);
                if (over.get()) {
                    cancel.run();
                }
            }
        }

        private void answered(boolean isEnough) {
            if (isEnough) {
                end();
            }
            if (open.decrementAndGet() == 0) {
                got.addAll(come);
                giveBackTooMuch();
                then.accept(got);
            }
        }
    }

    /// Nobody waits any longer.
    private void end() {
        over.set(true);
        cancels.forEach(Runnable::run);
    }

    private void giveBackTooMuch() {
        int kept = 0;
        for (var deliveries = got.listIterator(); deliveries.hasNext(); ) {
            var delivery = deliveries.next();
            int messages = messages(List.of(delivery));
            if (kept > 0 && kept + messages > receive.messagesMax()) {
                deliveries.remove();
                call.services()
                        .broker()
                        .queues()
                        .settle(
                                delivery.part(),
                                new Settlement(
                                        receive.owner(),
                                        new long[] {delivery.firstOffset(), delivery.lastOffset()},
                                        Settlement.UNTOUCHED));
            } else {
                kept += messages;
            }
        }
    }
}
