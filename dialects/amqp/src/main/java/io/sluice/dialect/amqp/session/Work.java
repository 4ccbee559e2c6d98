package io.sluice.dialect.amqp.session;

import java.util.ArrayList;
import java.util.List;

/// The channels that have something to hand on at the end of the turn. Owned by the connection's loop.
final class Work {
    private List<AmqpChannel> waiting = new ArrayList<>();
    private List<AmqpChannel> finishing = new ArrayList<>();

    /// The channel calls once per turn.
    void add(AmqpChannel channel) {
        waiting.add(channel);
    }

    void finish() {
        while (!waiting.isEmpty()) {
            var now = waiting;
            waiting = finishing;
            finishing = now;
            now.forEach(AmqpChannel::finishTurn);
            now.clear();
        }
    }
}
