package io.sluice.engine.catalog;

import io.sluice.broker.Topic;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The topic that comes with a queue, and goes with the last one on it.
///
/// Its setting [#RETENTION] marks it: no other topic has one, and it is never changed.
final class OwnedTopic {
    /// `consumed`: records go when every queue on the topic is done with them. `stream`: they go by time and size.
    static final String RETENTION = "sluice.retention";

    private static final String MESSAGE_BYTES_MAX = Integer.toString(128 << 20);

    private OwnedTopic() {}

    static boolean isOwned(Topic topic) {
        return topic.config().containsKey(RETENTION);
    }

    static Topic of(Queue queue) {
        return new Topic(
                queue.topic(),
                Queue.topicName(queue.namespace(), queue.name()),
                1,
                config(queue),
                queue.createdMillis());
    }

    /// The settings `wanted` for a topic that has `present` ones, with the mark as it was.
    static Map<String, String> marked(Map<String, String> wanted, Map<String, String> present) {
        var config = new TreeMap<>(wanted);
        var mark = present.get(RETENTION);
        if (mark == null) {
            config.remove(RETENTION);
        } else {
            config.put(RETENTION, mark);
        }
        return config;
    }

    private static Map<String, String> config(Queue queue) {
        var config = new TreeMap<String, String>();
        config.put("max.message.bytes", MESSAGE_BYTES_MAX);
        config.put("retention.ms", "-1");
        config.put(RETENTION, "consumed");
        if (queue.isTransient()) {
            config.put("sluice.durability", "os");
        }
        if (QueueType.of(queue) == QueueType.STREAM) {
            config.put(RETENTION, "stream");
            config.put(
                    "retention.ms", Long.toString(ageMillis(queue.arguments().get("x-max-age"))));
            config.put(
                    "retention.bytes", queue.arguments().getOrDefault("x-max-length-bytes", "-1"));
        }
        return config;
    }

    /// RabbitMQ's way to write an age: a number and one of `Y M D h m s`. -1: for ever.
    private static long ageMillis(@Nullable String json) {
        var text = json == null ? "" : JsonText.unquoted(json);
        if (text.length() < 2) {
            return -1;
        }
        long seconds =
                switch (text.charAt(text.length() - 1)) {
                    case 'Y' -> 365 * 86_400L;
                    case 'M' -> 30 * 86_400L;
                    case 'D' -> 86_400;
                    case 'h' -> 3_600;
                    case 'm' -> 60;
                    case 's' -> 1;
                    default -> -1;
                };
        try {
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return seconds < 0 || count < 0 ? -1 : Math.multiplyExact(count, seconds * 1_000);
        } catch (NumberFormatException | ArithmeticException _) {
            return -1;
        }
    }
}
