package io.sluice.dialect.push;

import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A running broker's queues, and what was said to them. It only listens: all of it goes through to the broker, and all answers are the broker's.
final class Overheard {
    private final Queues broker;
    private final List<Receive> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Settlement.Outcome> settled = new ConcurrentHashMap<>();

    Overheard(Queues broker) {
        this.broker = broker;
    }

    Queues port() {
        return (Queues)
                Proxy.newProxyInstance(
                        Queues.class.getClassLoader(),
                        new Class<?>[] {Queues.class},
                        (_, method, arguments) -> called(method, arguments));
    }

    /// In their order.
    List<Receive> asked() {
        return List.copyOf(asked);
    }

    /// What became of messages, the latest for each, by part and offset: `0/7`.
    Map<String, Settlement.Outcome> settled() {
        return Map.copyOf(settled);
    }

    private Object called(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("receive")) {
            asked.add((Receive) arguments[1]);
        } else if (method.getName().equals("settle")) {
            hear((QueuePart) arguments[0], (Settlement) arguments[1]);
        }
        try {
            return method.invoke(broker, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private void hear(QueuePart part, Settlement settlement) {
        var offsets = settlement.offsets();
        for (int i = 0; i < offsets.length; i += 2) {
            for (long each = offsets[i]; each <= offsets[i + 1]; each++) {
                settled.put(part.index() + "/" + each, settlement.outcome());
            }
        }
    }
}
