package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAttribute;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells a queue's attributes, its counts among them.
final class GetQueueAttributes {
    private GetQueueAttributes() {}

    static void run(Call call, Operation.GetQueueAttributes asked) {
        var wrong = QueueAttributes.checkNames(asked.names());
        if (wrong.isPresent()) {
            call.refuse(wrong.get());
            return;
        }
        call.withQueue(
                asked.queue(),
                queue -> Counts.of(call, queue, counts -> answer(call, queue, asked, counts)));
    }

    private static void answer(
            Call call, SqsQueue queue, Operation.GetQueueAttributes asked, Counts counts) {
        var all = all(call, queue, call.account(asked.queue()), counts);
        call.done(new Result.Attributes(wanted(all, asked.names())));
    }

    private static Map<String, String> wanted(Map<String, String> all, List<String> names) {
        if (!names.contains("All")) {
            all.keySet().retainAll(names);
        }
        return all;
    }

    private static Map<String, String> all(
            Call call, SqsQueue queue, String account, Counts counts) {
        var all = new TreeMap<String, String>();
        all.put("QueueArn", call.caller().arn(account, queue.name()).text());
        all.put("ApproximateNumberOfMessages", Long.toString(counts.ready()));
        all.put("ApproximateNumberOfMessagesNotVisible", Long.toString(counts.leased()));
        all.put("ApproximateNumberOfMessagesDelayed", Long.toString(counts.delayed()));
        all.put("CreatedTimestamp", Long.toString(queue.queue().createdMillis() / 1_000));
        all.put("LastModifiedTimestamp", Long.toString(queue.modifiedMillis() / 1_000));
        for (var attribute : QueueAttribute.values()) {
            queue.settings()
                    .value(attribute)
                    .ifPresent(value -> all.put(attribute.wireName(), value));
        }
        var redrive = QueueAttribute.REDRIVE_POLICY.wireName();
        var spelled = all.remove(redrive);
        call.redrivePolicy(queue).ifPresent(policy -> all.put(redrive, policy.spelledAs(spelled)));
        return all;
    }
}
