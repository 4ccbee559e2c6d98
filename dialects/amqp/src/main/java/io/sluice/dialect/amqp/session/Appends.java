package io.sluice.dialect.amqp.session;

import java.util.ArrayList;
import java.util.List;

/// How many appends of a channel are on their way, and who waits for their end.
final class Appends {
    private final List<Runnable> waiting = new ArrayList<>();
    private long underWay;

    void begun(long count) {
        underWay += count;
    }

    void ended(long count) {
        underWay -= count;
        assert underWay >= 0 : "an append ends once";
        if (underWay == 0 && !waiting.isEmpty()) {
            var all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(Runnable::run);
        }
    }

    /// Runs `then` when there are none; at once if there are none now.
    void whenNone(Runnable then) {
        if (underWay == 0) {
            then.run();
        } else {
            waiting.add(then);
        }
    }
}
