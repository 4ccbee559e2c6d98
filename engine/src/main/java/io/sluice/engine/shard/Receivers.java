package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Receive;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who asked a queue once for messages and waits for one, first come, first served. Owned by its shard's loop.
final class Receivers {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);

    /// Somebody who asked. It costs nothing while it waits but its place and a timer.
    static final class Waiting {
        private final Receive receive;
        private final Reply<List<Delivery>> reply;
        private TimerWheel.@Nullable Timer timer;
        private boolean ended;

        Waiting(Receive receive, Reply<List<Delivery>> reply) {
            this.receive = receive;
            this.reply = reply;
        }

        Receive receive() {
            return receive;
        }

        Reply<List<Delivery>> reply() {
            return reply;
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Waits for as long as it said.
    void add(Shard shard, Waiting one) {
        if (one.ended) {
            one.reply.done(List.of());
            return;
        }
        waiting.add(one);
        var timer = TimerWheel.Timer.of(() -> end(shard, one));
        one.timer = timer;
        shard.timers().schedule(timer, shard.monotonicMillis() + one.receive.waitMillis());
    }

    /// Whose turn it is.
    Waiting first() {
        return waiting.element();
    }

    /// The first one is served.
    void serve(Shard shard) {
        stop(shard, waiting.remove());
    }

    /// The wait is over and brought nothing.
    void end(Shard shard, Waiting one) {
        if (one.ended) {
            return;
        }
        boolean waited = one.timer != null;
        stop(shard, one);
        if (waited) {
            waiting.remove(one);
            one.reply.done(List.of());
        }
    }

    /// The queue is gone.
    void refuseAll(Shard shard, BrokerError error) {
        while (!waiting.isEmpty()) {
            var one = waiting.remove();
            stop(shard, one);
            one.reply.refused(error);
        }
    }

    private static void stop(Shard shard, Waiting one) {
        one.ended = true;
        if (one.timer != null) {
            shard.timers().cancel(one.timer);
        }
    }
}
