package io.sluice.dialect.sqs.queue;

import io.sluice.dialect.sqs.protocol.QueueAttributes;
import java.util.Map;
import java.util.TreeMap;

/// What the broker is told of a queue's attributes, so that it keeps them for clients of every protocol.
///
/// | SQS | broker |
/// |---|---|
/// | FIFO queue, standard queue | `x-sluice-order`: `key`, `fair` |
/// | MessageRetentionPeriod | `x-sluice-retention`, in milliseconds |
/// | RedrivePolicy: maxReceiveCount, deadLetterTargetArn | the settings `retry.max.attempts`, `dead.letter.queue` |
/// | tag `sluice:` and a setting's name | that setting |
///
/// Settings stand in the attributes once, whoever has set them; the text of a RedrivePolicy is kept only as it was spelled, and of a tag that is a
/// setting only that it is a tag.
public final class EngineAttributes {
    private static final String ORDER = "x-sluice-order";
    private static final String RETENTION = "x-sluice-retention";

    private EngineAttributes() {}

    /// The attributes to store with a queue that is created.
    public static Map<String, String> ofNew(
            QueueAttributes settings, Map<String, String> tags, long nowMillis) {
        var all = new TreeMap<String, String>();
        all.put(ORDER, settings.fifo() ? "\"key\"" : "\"fair\"");
        all.putAll(QueuePolicies.ofRedrive(settings.redrivePolicy()).set());
        all.putAll(QueuePolicies.ofTags(tags).set());
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
        return all;
    }
}
