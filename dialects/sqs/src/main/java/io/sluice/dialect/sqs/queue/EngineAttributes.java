package io.sluice.dialect.sqs.queue;

import io.sluice.broker.queue.JsonText;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import java.util.Map;
import java.util.TreeMap;

/// What the broker is told of a queue's attributes, so that it keeps them for clients of every protocol.
///
/// | SQS | broker |
/// |---|---|
/// | FIFO queue, standard queue | `x-sluice-order`: `key`, `fair` |
/// | MessageRetentionPeriod | `x-sluice-retention`, in milliseconds |
/// | RedrivePolicy: maxReceiveCount | `x-delivery-limit`, one less: how often a message may come back |
/// | RedrivePolicy: deadLetterTargetArn | `x-dead-letter-exchange` (the default one) and `x-dead-letter-routing-key` |
public final class EngineAttributes {
    private static final String ORDER = "x-sluice-order";
    private static final String RETENTION = "x-sluice-retention";
    private static final String LIMIT = "x-delivery-limit";
    private static final String EXCHANGE = "x-dead-letter-exchange";
    private static final String ROUTING_KEY = "x-dead-letter-routing-key";

    private EngineAttributes() {}

    /// The attributes to store with a queue that is created.
    public static Map<String, String> ofNew(
            QueueAttributes settings, Map<String, String> tags, long nowMillis) {
        var all = new TreeMap<String, String>();
        all.put(ORDER, settings.fifo() ? "\"key\"" : "\"fair\"");
        return with(all, settings, tags, nowMillis);
    }

    /// The attributes to store with a queue that is there.
    ///
    /// @param modifiedMillis when its settings were changed last
    public static Map<String, String> changed(
            SqsQueue queue,
            QueueAttributes settings,
            Map<String, String> tags,
            long modifiedMillis) {
        var all = new TreeMap<String, String>(queue.queue().attributes());
        all.keySet()
                .removeIf(
                        name ->
                                name.startsWith(SqsQueue.ATTRIBUTE)
                                        || name.startsWith(SqsQueue.TAG));
        return with(all, settings, tags, modifiedMillis);
    }

    /// Retention is SQS's affair on queues that it created, and where it was set.
    private static Map<String, String> with(
            Map<String, String> all,
            QueueAttributes settings,
            Map<String, String> tags,
            long modifiedMillis) {
        settings.set().forEach((name, value) -> all.put(SqsQueue.ATTRIBUTE + name, value));
        tags.forEach((name, value) -> all.put(SqsQueue.TAG + name, value));
        all.put(SqsQueue.MODIFIED, Long.toString(modifiedMillis));
        all.remove(RETENTION);
        if (settings.set().containsKey("MessageRetentionPeriod") || all.containsKey(ORDER)) {
            all.put(RETENTION, Long.toString(1_000L * settings.retentionSeconds()));
        }
        all.remove(LIMIT);
        all.remove(EXCHANGE);
        all.remove(ROUTING_KEY);
        settings.redrivePolicy()
                .ifPresent(
                        policy -> {
                            all.put(LIMIT, Integer.toString(policy.maxReceiveCount() - 1));
                            all.put(EXCHANGE, JsonText.quoted(""));
                            all.put(ROUTING_KEY, JsonText.quoted(policy.deadLetterTarget().name()));
                        });
        return all;
    }
}
