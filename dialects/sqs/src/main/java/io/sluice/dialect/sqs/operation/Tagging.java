package io.sluice.dialect.sqs.operation;

import io.sluice.broker.CatalogChange;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.EngineAttributes;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.HashMap;
import java.util.Map;

/// A queue's tags: set, taken away, listed.
final class Tagging {
    private static final int TAGS_MAX = 50;

    private Tagging() {}

    static void tag(Call call, Operation.TagQueue asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var tags = new HashMap<>(queue.tags());
                    tags.putAll(asked.tags());
                    if (tags.size() > TAGS_MAX) {
                        call.refuse(
                                SqsError.invalid(
                                        "Too many tags added for queue " + queue.name() + "."));
                        return;
                    }
                    store(call, queue, tags);
                });
    }

    static void untag(Call call, Operation.UntagQueue asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var tags = new HashMap<>(queue.tags());
                    asked.keys().forEach(tags::remove);
                    store(call, queue, tags);
                });
    }

    static void list(Call call, Operation.ListQueueTags asked) {
        call.withQueue(asked.queue(), queue -> call.done(new Result.Tags(queue.tags())));
    }

    private static void store(Call call, SqsQueue queue, Map<String, String> tags) {
        call.change(
                CatalogChange.AdjustQueue.between(
                        queue.queue().id(),
                        queue.queue().attributes(),
                        EngineAttributes.changed(
                                queue, queue.settings(), tags, queue.modifiedMillis())),
                call::done);
    }
}
