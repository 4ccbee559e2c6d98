package io.sluice.engine.shard;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The queue that `dead.letter.queue` names: declared when the first letter is to go there and it does not exist. Several parts of a queue may want that at a time; for
/// all but the first it is there then.
final class DeadLetterQueue {
    /// Whose dead letters the queue was made for.
    static final String LETTERS_OF = "x-sluice-dead-letters-of";

    private static final String RETENTION = "x-sluice-retention";

    private DeadLetterQueue() {}

    /// What has to be done before a queue's dying messages can go.
    static Optional<CatalogChange> missing(
            HostedQueue queue, int letters, Catalog catalog, long nowMillis) {
        var namespace = queue.definition().namespace();
        return queue.settings()
                .policy()
                .deadLetter()
                .queue()
                .filter(name -> catalog.queue(namespace, name).isEmpty())
                .filter(_ -> hasDead(queue, letters))
                .map(
                        name ->
                                new CatalogChange.DeclareQueue(
                                        queue(queue, namespace, name, nowMillis)));
    }

    /// Others are on their way to somewhere else.
    private static boolean hasDead(HostedQueue queue, int letters) {
        return queue.state().dying().stream()
                .limit(letters)
                .anyMatch(dying -> dying.reason() != Reason.REDRIVEN);
    }

    private static Queue queue(HostedQueue of, String namespace, String name, long nowMillis) {
        var who = of.part() + " " + namespace + " " + name + " " + nowMillis;
        return new Queue(
                id("queue " + who),
                namespace,
                name,
                id("topic " + who),
                true,
                true,
                false,
                false,
                Map.of(),
                attributes(of),
                nowMillis);
    }

    private static Map<String, String> attributes(HostedQueue of) {
        var attributes = new HashMap<String, String>();
        attributes.put(LETTERS_OF, JsonText.quoted(of.definition().name()));
        long retention = of.settings().policy().deadLetter().retentionMillis();
        if (retention >= 0) {
            attributes.put(RETENTION, Long.toString(retention));
        }
        return attributes;
    }

    /// As good as random: nobody else makes one of this.
    private static UUID id(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
