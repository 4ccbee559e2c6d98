package io.sluice.dialect.sqs.operation;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.policy.PolicyAttributes;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.EngineAttributes;
import io.sluice.dialect.sqs.queue.QueuePolicies;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A queue's tags: set, taken away, listed. Those that begin with `sluice:` are settings of its policy.
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
                    var layers = call.settings(queue).layers();
                    QueuePolicies.problem(asked.tags(), layers)
                            .ifPresentOrElse(
                                    problem -> call.refuse(SqsError.invalid(problem)),
                                    () ->
                                            store(
                                                    call,
                                                    queue,
                                                    tags,
                                                    QueuePolicies.tagChanges(asked.tags())));
                });
    }

    static void untag(Call call, Operation.UntagQueue asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var tags = new HashMap<>(queue.tags());
                    asked.keys().forEach(tags::remove);
                    store(call, queue, tags, QueuePolicies.untagChanges(asked.keys()));
                });
    }

    static void list(Call call, Operation.ListQueueTags asked) {
        call.withQueue(asked.queue(), queue -> call.done(new Result.Tags(queue.tags())));
    }

    private static void store(
            Call call,
            SqsQueue queue,
            Map<String, String> tags,
            Map<PolicySetting, Optional<String>> policy) {
        var attributes =
                EngineAttributes.changed(queue, queue.settings(), tags, queue.modifiedMillis());
        call.change(
                CatalogChange.AdjustQueue.between(
                        queue.queue().id(),
                        queue.queue().attributes(),
                        PolicyAttributes.of(policy).appliedTo(attributes)),
                call::done);
    }
}
