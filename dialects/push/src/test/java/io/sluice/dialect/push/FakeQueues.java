package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.broker.Reply;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// As much of the port of queues as an endpoint asks for: messages by part, whoever waits for them, and what became of them. Everything is answered on the
/// thread that asks or publishes.
final class FakeQueues {
    private final Map<QueuePart, Deque<Delivery>> ready = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Receive> asked = new ArrayList<>();
    private final Map<String, Settlement.Outcome> settled = new HashMap<>();
    private long offset;
    private boolean isShut;

    private record Waiting(QueuePart part, Receive receive, Reply<List<Delivery>> reply) {}

    Queues port() {
        return (Queues)
                Proxy.newProxyInstance(
                        Queues.class.getClassLoader(), new Class<?>[] {Queues.class}, this::called);
    }

    private Object called(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "nextConsumerId" -> 7L;
            case "receive" -> receive(arguments);
            case "settle" -> settle((QueuePart) arguments[0], (Settlement) arguments[1]);
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    /// Answers nothing to everybody, without a wait: as while a breaker is open.
    synchronized void shut() {
        isShut = true;
        List.copyOf(waiting).forEach(this::end);
    }

    synchronized void publish(QueuePart part, String... bodies) {
        for (var body : bodies) {
            var batch =
                    new BatchBuilder(Compression.NONE, offset, 0)
                            .add(0, null, ByteBuffer.wrap(body.getBytes(UTF_8)), List.of())
                            .build();
            ready.computeIfAbsent(part, _ -> new ArrayDeque<>())
                    .add(
                            new Delivery(
                                    part,
                                    -1,
                                    batch.whole(),
                                    RecordBatch.HEADER_BYTES,
                                    offset,
                                    offset,
                                    0,
                                    false,
                                    body.length()));
            offset++;
        }
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            var one = each.next();
            var got = take(one.part(), one.receive());
            if (!got.isEmpty()) {
                each.remove();
                one.reply().done(got);
            }
        }
    }

    synchronized List<Receive> asked() {
        return List.copyOf(asked);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /// What became of messages, the latest for each, by part and offset: `0/7`.
    synchronized Map<String, Settlement.Outcome> settled() {
        return Map.copyOf(settled);
    }

    @SuppressWarnings("unchecked") // the port says so
    private synchronized Object receive(Object[] arguments) {
        var one =
                new Waiting(
                        (QueuePart) arguments[0],
                        (Receive) arguments[1],
                        (Reply<List<Delivery>>) arguments[2]);
        asked.add(one.receive());
        var got = take(one.part(), one.receive());
        if (isShut || !got.isEmpty() || one.receive().waitMillis() == 0) {
            one.reply().done(got);
        } else {
            waiting.add(one);
        }
        return (Runnable) () -> end(one);
    }

    private List<Delivery> take(QueuePart part, Receive receive) {
        var there = ready.getOrDefault(part, new ArrayDeque<>());
        var got = new ArrayList<Delivery>();
        while (!isShut && !there.isEmpty() && got.size() < receive.messagesMax()) {
            got.add(there.removeFirst());
        }
        return got;
    }

    private synchronized void end(Waiting one) {
        if (waiting.remove(one)) {
            one.reply().done(List.of());
        }
    }

    private synchronized Object settle(QueuePart part, Settlement settlement) {
        var offsets = settlement.offsets();
        for (int i = 0; i < offsets.length; i += 2) {
            for (long each = offsets[i]; each <= offsets[i + 1]; each++) {
                settled.put(part.index() + "/" + each, settlement.outcome());
            }
        }
        return settlement;
    }
}
