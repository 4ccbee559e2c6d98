package io.sluice.conformance.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/// The shops sell: each account buys at one of them, by one protocol, so that its payments have an order. Some payments are poison.
final class Shops implements AutoCloseable {
    private static final int ACCOUNTS = 300;
    private static final int POISON_EVERY = 251;
    private static final long PAUSE_NANOS = 1_000_000;

    private final Plan plan;
    private final List<Producer> producers;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Payment> confirmed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicIntegerArray ofProducer;

    Shops(Plan plan, List<Producer> producers) {
        this.plan = plan;
        this.producers = List.copyOf(producers);
        this.ofProducer = new AtomicIntegerArray(producers.size());
    }

    /// @param startNanos when the plan begins
    void open(long startNanos) {
        for (int i = 0; i < producers.size(); i++) {
            int shop = i;
            threads.add(Thread.ofVirtual().name("shop-" + i).start(() -> sell(shop, startNanos)));
        }
    }

    /// Payments that the broker has confirmed.
    int confirmed() {
        return count.get();
    }

    List<Payment> payments() {
        return List.copyOf(confirmed);
    }

    String shares() {
        var text = new ArrayList<String>();
        for (int i = 0; i < producers.size(); i++) {
            text.add(producers.get(i).protocol() + " " + ofProducer.get(i));
        }
        return String.join(", ", text);
    }

    void awaitClosing() throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
    }

    private void sell(int shop, long startNanos) {
        var producer = producers.get(shop);
        var numbers = new int[ACCOUNTS];
        double owed = 0;
        long before = startNanos;
        try {
            for (int sold = 0; ; ) {
                long now = System.nanoTime();
                var at = Duration.ofNanos(now - startNanos);
                if (at.compareTo(plan.end()) >= 0) {
                    return;
                }
                owed += plan.rate(at) / producers.size() * (now - before) / 1e9;
                before = now;
                for (; owed >= 1; owed--, sold++) {
                    send(producer, shop, sold, numbers);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Producer producer, int shop, int sold, int[] numbers)
            throws InterruptedException {
        int account = (sold * 7 + shop) % (ACCOUNTS / producers.size());
        var payment =
                new Payment(
                        producer.protocol() + "-" + sold,
                        producer.protocol() + "-account-" + account,
                        ++numbers[account],
                        sold % POISON_EVERY == POISON_EVERY / 2);
        producer.send(payment);
        confirmed.add(payment);
        count.incrementAndGet();
        ofProducer.incrementAndGet(shop);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        producers.forEach(Producer::close);
    }
}
