package io.sluice.dialect.sqs.queue;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.protocol.QueueNames;
import java.util.HashMap;
import java.util.Map;

/// A queue as SQS sees it, whoever declared it. What was never set has SQS's default.
///
/// Attributes are kept with the queue under their own names behind `sqs.`, tags behind `sqs-tag.`; [EngineAttributes] says what the broker makes of them.
public final class SqsQueue {
    static final String ATTRIBUTE = "sqs.";
    static final String TAG = "sqs-tag.";
    static final String MODIFIED = "sqs-modified";

    private final Queue queue;
    private final QueueAttributes settings;

    public SqsQueue(Queue queue) {
        this.queue = queue;
        this.settings = new QueueAttributes(stripped(queue, ATTRIBUTE), isFifo(queue));
    }

    public Queue queue() {
        return queue;
    }

    public QueueAttributes settings() {
        return settings;
    }

    public String name() {
        return queue.name();
    }

    /// Queues over a topic of several partitions are used by their first one only.
    public QueuePart part() {
        return queue.part(0);
    }

    public boolean isFifo() {
        return settings.fifo();
    }

    private static boolean isFifo(Queue queue) {
        return QueueNames.isFifo(queue.name());
    }

    /// When an attribute was set last, wall clock.
    public long modifiedMillis() {
        var set = queue.attributes().get(MODIFIED);
        return set == null ? queue.createdMillis() : Long.parseLong(set);
    }

    public Map<String, String> tags() {
        return stripped(queue, TAG);
    }

    private static Map<String, String> stripped(Queue queue, String prefix) {
        var found = new HashMap<String, String>();
        queue.attributes()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(prefix)) {
                                found.put(name.substring(prefix.length()), value);
                            }
                        });
        return found;
    }
}
