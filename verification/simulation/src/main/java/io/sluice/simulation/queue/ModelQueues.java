package io.sluice.simulation.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The queues of a world: those that clients publish to, one of each kind, and those where dead letters of them end up.
final class ModelQueues {
    private static final String DEAD = "dead";
    private static final String LATER = "later";

    private final ModelQueue dead = new ModelQueue(DEAD, -1, Map.of());
    private final ModelQueue moved = new ModelQueue("moved", -1, Map.of());
    private final ModelQueue later = new ModelQueue(LATER, -1, Map.of());
    private final List<ModelQueue> published;

    ModelQueues() {
        var toTheDead =
                Map.of("x-dead-letter-exchange", "\"\"", "x-dead-letter-routing-key", "\"dead\"");
        this.published =
                List.of(
                        new ModelQueue("plain", 0, toTheDead),
                        new ModelQueue("limited", 1, with(toTheDead, "x-delivery-limit", "2")),
                        new ModelQueue("priorities", 2, with(toTheDead, "x-max-priority", "3")),
                        new ModelQueue("ordered", 3, with(toTheDead, "x-sluice-order", "\"key\"")),
                        new ModelQueue("turns", 4, with(toTheDead, "x-sluice-order", "\"fair\"")),
                        new ModelQueue(
                                "retried",
                                5,
                                with(retrying(DEAD), "x-sluice-retry-max-attempts", "4")),
                        new ModelQueue("patient", 6, patient()),
                        new ModelQueue("breaking", 7, breaking(toTheDead)));
    }

    private static Map<String, String> breaking(Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put("x-delivery-limit", "2");
        all.put("x-sluice-breaker-failure-percent", "50");
        all.put("x-sluice-breaker-minimum-calls", "4");
        all.put("x-sluice-breaker-window-size", "8");
        all.put("x-sluice-breaker-open-ms", "500");
        all.put("x-sluice-breaker-open-max-ms", "3000");
        all.put("x-sluice-breaker-probes", "2");
        all.put("x-sluice-breaker-dead-letters", "4");
        return all;
    }

    private static Map<String, String> retrying(String deadLetterQueue) {
        return Map.of(
                "x-sluice-retry-immediate", "1",
                "x-sluice-retry-initial-ms", "300",
                "x-sluice-retry-max-ms", "2000",
                "x-sluice-dead-letter-attempts-kept", "3",
                "x-sluice-dead-letter-queue", "\"" + deadLetterQueue + "\"");
    }

    /// One after the other of each key, also while they are tried again, without a limit: nobody is told of all tries. Whose connection goes has not failed.
    private static Map<String, String> patient() {
        var ordered = with(retrying(LATER), "x-sluice-order", "\"key\"");
        return with(ordered, "x-sluice-retry-connection-lost", "\"uncounted\"");
    }

    private static Map<String, String> with(Map<String, String> more, String name, String value) {
        var all = new HashMap<>(more);
        all.put(name, value);
        return all;
    }

    /// Those that clients publish to, each at its index.
    List<ModelQueue> published() {
        return published;
    }

    /// Has no order, no limit and no policy, and a redrive takes its dead letters.
    ModelQueue plain() {
        return published.getFirst();
    }

    /// The one with a breaker.
    ModelQueue breaking() {
        return published.getLast();
    }

    /// Where most dead letters go.
    ModelQueue dead() {
        return dead;
    }

    /// Where dead letters of [#plain] are moved to.
    ModelQueue moved() {
        return moved;
    }

    /// Made by the broker when the first letter is to go there.
    ModelQueue later() {
        return later;
    }

    /// Throws what clients of one found broken.
    void check() {
        published.forEach(ModelQueue::check);
    }

    /// The broker died, and with it every connection.
    void connectionsLost() {
        published.forEach(ModelQueue::connectionsLost);
        dead.connectionsLost();
    }
}
