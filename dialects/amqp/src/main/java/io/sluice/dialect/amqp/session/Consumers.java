package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.Settlement;
import io.sluice.dialect.amqp.codec.BasicMethod;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The consumers of one channel and what they may hold together.
final class Consumers {
    private final AmqpChannel channel;
    private final Map<String, Consumption> byTag = new LinkedHashMap<>();

    /// Those that go on when something is settled. A channel may have very many consumers, most of which wait for nothing here.
    private Set<Consumption> waiting = new LinkedHashSet<>();

    private Set<Consumption> resuming = new LinkedHashSet<>();
    private boolean limitChanged;
    private @Nullable ReplyConsumer replyConsumer;
    private int prefetch;
    private int prefetchGlobal;

    /// Deliveries to consumers, which alone count for the channel's limit.
    private long unsettled;

    Consumers(AmqpChannel channel) {
        this.channel = channel;
    }

    boolean has(String tag) {
        return byTag.containsKey(tag) || (replyConsumer != null && replyConsumer.tag().equals(tag));
    }

    void add(Consumption consumption) {
        byTag.put(consumption.tag(), consumption);
    }

    @Nullable Consumption remove(String tag) {
        return byTag.remove(tag);
    }

    int count() {
        return byTag.size();
    }

    @Nullable ReplyConsumer replyConsumer() {
        return replyConsumer;
    }

    void replyConsumer(@Nullable ReplyConsumer consumer) {
        replyConsumer = consumer;
    }

    /// What each new consumer may hold; 0: any number.
    int prefetch() {
        return prefetch;
    }

    void prefetch(int count) {
        prefetch = count;
    }

    /// What all may hold together; 0: any number.
    int prefetchGlobal() {
        return prefetchGlobal;
    }

    void prefetchGlobal(int count) {
        prefetchGlobal = count;
        limitChanged = true;
        channel.workToFinish();
    }

    boolean hasRoom() {
        return prefetchGlobal == 0 || unsettled < prefetchGlobal;
    }

    void delivered() {
        unsettled++;
    }

    /// A delivery's outcome is known.
    void settle(Source source, long offset, Settlement.Outcome outcome) {
        channel.counts().settled++;
        channel.workToFinish();
        switch (source) {
            case Source.OfQueue(var part, var consumption) -> {
                channel.settlements().add(part, outcome, offset);
                if (consumption != null) {
                    unsettled--;
                    consumption.settled();
                }
            }
            case Source.OfStream(var consumption) -> {
                consumption.settled();
                waitForRoom(consumption);
            }
        }
    }

    /// The broker ended it: its queue is gone.
    void cancelled(Consumption consumption) {
        if (byTag.remove(consumption.tag(), consumption)
                && channel.client().isCapableOf("consumer_cancel_notify")) {
            channel.send(new BasicMethod.Cancel(consumption.tag(), true));
        }
    }

    /// It is resumed at the end of the turn in which something is settled.
    void waitForRoom(Consumption consumption) {
        waiting.add(consumption);
    }

    void resume() {
        if (limitChanged) {
            limitChanged = false;
            waiting.clear();
            all().forEach(Consumption::resume);
            return;
        }
        var now = waiting;
        waiting = resuming;
        resuming = now;
        now.forEach(Consumption::resume);
        now.clear();
    }

    void credit() {
        all().forEach(Consumption::credit);
    }

    void leave() {
        all().forEach(Consumption::leave);
        byTag.clear();
        waiting.clear();
        if (replyConsumer != null) {
            replyConsumer.leave();
            replyConsumer = null;
        }
    }

    private Collection<Consumption> all() {
        return List.copyOf(byTag.values());
    }
}
