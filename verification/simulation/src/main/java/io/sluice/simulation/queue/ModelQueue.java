package io.sluice.simulation.queue;

import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.simulation.InvariantBroken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue as its clients know it.
final class ModelQueue {
    final String name;

    /// Which of a message's copies, one per queue, this queue has.
    final int index;

    final Map<String, String> arguments;
    final QueueSettings settings;
    final List<SimulatedConsumer> consumers = new ArrayList<>();
    final SimulatedReceiver receiver;
    private final WaitsAsPolicySays waits;
    final OrderWithinKey orderWithinKey = new OrderWithinKey();

    /// Who holds which offset now.
    final Map<Long, Hold> held = new HashMap<>();

    /// Offsets for which receipts are on their way, and how many.
    final Map<Long, Integer> wished = new HashMap<>();

    /// What a consumer found broken.
    @Nullable InvariantBroken broken;

    /// Null until it was declared.
    @Nullable QueuePart part;

    /// The newest offset that was handed out for the first time, in this life of the broker.
    private long newest = -1;

    ModelQueue(String name, int index, Map<String, String> arguments) {
        this.name = name;
        this.index = index;
        this.arguments = arguments;
        this.settings = QueueSettings.of(arguments, Map.of(), Map.of(), Map.of());
        this.receiver = new SimulatedReceiver(this);
        this.waits = new WaitsAsPolicySays(settings.policy().retry());
    }

    /// The id of a message that was found in the queue, or came from there: what its body says, or, where one body is in several queues, that and the queue's
    /// index.
    long idOf(long body) {
        return body < 0 ? index - body : body;
    }

    /// Throws what was found broken.
    void check() {
        if (broken != null) {
            throw broken;
        }
    }

    QueuePart part() {
        var is = part;
        assert is != null : "the queue was declared";
        return is;
    }

    boolean isStrict() {
        return settings.order() == Order.KEY;
    }

    boolean hasKeys() {
        return settings.order() != Order.NONE;
    }

    /// What had been handed out, as clients knew, when somebody asked for messages.
    ///
    /// @param atMillis when that was
    /// @param newest the newest message that was handed out for the first time, in this life of the broker
    /// @param newestOfKeys the same by key
    record Asked(long atMillis, long newest, Map<Integer, Long> newestOfKeys) {
        /// For what the same answer holds behind `message`.
        Asked and(ModelMessage message, long offset) {
            var ofKeys = new HashMap<>(newestOfKeys);
            ofKeys.merge(message.key, offset, Math::max);
            return new Asked(atMillis, Math.max(newest, offset), ofKeys);
        }
    }

    Asked asked(long nowMillis) {
        return new Asked(nowMillis, newest, orderWithinKey.newest());
    }

    /// Somebody got a message.
    ///
    /// @param asked it was handed out no earlier: he may hear of it later, and others of newer ones meanwhile
    void handed(long offset, Hold hold, int returned, Asked asked, long nowMillis) {
        var message = hold.message;
        hold.sinceMillis = asked.atMillis();
        if (message.settledForGood) {
            throw new InvariantBroken("AcknowledgementsAreFinal", message.toString());
        }
        waits.check(message, returned, asked.atMillis(), nowMillis);
        if (hold.untilMillis <= nowMillis) {
            // So late, or for so short a time, that somebody else may have it by now.
            return;
        }
        // While a receipt is on its way nobody is certain to have it, nor is who had it before.
        var before = wished.containsKey(offset) ? held.remove(offset) : held.put(offset, hold);
        if (before != null && before.untilMillis > nowMillis) {
            throw new InvariantBroken(
                    "OneHolderPerMessage",
                    message
                            + " at "
                            + offset
                            + ", held for another "
                            + (before.untilMillis - nowMillis)
                            + " ms");
        }
        switch (settings.order()) {
            case NONE -> checkOrder(offset, message, returned, asked.newest());
            case FAIR -> {
                if (returned == 0) {
                    orderWithinKey.checkFirstTime(offset, message, asked.newestOfKeys());
                }
            }
            case KEY -> {
                OneHolderPerKey.check(hold, held.values(), nowMillis);
                orderWithinKey.checkStrict(offset, hold, held);
            }
        }
    }

    private void checkOrder(long offset, ModelMessage message, int returned, long known) {
        if (returned > 0 || settings.hasPriorities()) {
            return;
        }
        if (offset < known && !message.outOfOrder) {
            throw new InvariantBroken(
                    "OrderIsKeptForWhatWasNeverReturned",
                    message + " at " + offset + " after " + known);
        }
        newest = Math.max(newest, offset);
    }

    /// The broker died, and with it every connection. Leases of receivers go on where they were durable before anybody heard of them.
    void connectionsLost() {
        check();
        consumers.forEach(SimulatedConsumer::lost);
        consumers.clear();
        held.values()
                .removeIf(
                        hold ->
                                !isStrict()
                                        || hold.message.lax
                                        || hold.untilMillis == Hold.WHILE_CONNECTED);
        wished.clear();
        newest = -1;
        orderWithinKey.crashed();
    }
}
