package io.sluice.dialect.sqs.queue;

import java.util.Map;
import java.util.Optional;
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

    private EngineAttributes() {}

    /// The attributes to store with a queue that is created.
    public static Map<String, String> ofNew(
            boolean fifo, Map<String, String> attributes, Map<String, String> tags) {
        var all = new TreeMap<String, String>();
        all.put(ORDER, fifo ? "\"key\"" : "\"fair\"");
        return with(all, attributes, tags, fifo);
    }

    /// The attributes to store with a queue that is there.
    public static Map<String, String> changed(
            SqsQueue queue, Map<String, String> attributes, Map<String, String> tags) {
        var all = new TreeMap<String, String>();
        queue.queue()
                .attributes()
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith(SqsQueue.ATTRIBUTE)
                                    && !name.startsWith(SqsQueue.TAG)) {
                                all.put(name, value);
                            }
                        });
        return with(all, attributes, tags, all.containsKey(ORDER));
    }

    /// @param ours the queue was created by SQS: retention is its affair
    private static Map<String, String> with(
            Map<String, String> all,
            Map<String, String> attributes,
            Map<String, String> tags,
            boolean ours) {
        attributes.forEach((name, value) -> all.put(SqsQueue.ATTRIBUTE + name, value));
        tags.forEach((name, value) -> all.put(SqsQueue.TAG + name, value));
        all.remove("x-sluice-retention");
        var retention = attributes.get("MessageRetentionPeriod");
        if (retention != null || all.containsKey(ORDER) || ours) {
            long seconds = retention == null ? 345_600 : Long.parseLong(retention);
            all.put("x-sluice-retention", Long.toString(1_000 * seconds));
        }
        all.remove("x-delivery-limit");
        all.remove("x-dead-letter-exchange");
        all.remove("x-dead-letter-routing-key");
        Optional.ofNullable(attributes.get("RedrivePolicy"))
                .flatMap(RedriveTarget::of)
                .ifPresent(
                        target -> {
                            all.put(
                                    "x-delivery-limit",
                                    Integer.toString(target.maxReceiveCount() - 1));
                            all.put("x-dead-letter-exchange", "\"\"");
                            all.put(
                                    "x-dead-letter-routing-key",
                                    "\"" + target.arn().name() + "\"");
                        });
        return all;
    }
}
