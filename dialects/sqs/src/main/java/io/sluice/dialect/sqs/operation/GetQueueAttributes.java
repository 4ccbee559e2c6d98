package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.QueueStatus;
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
                queue ->
                        call.services()
                                .broker()
                                .queues()
                                .status(
                                        queue.part(),
                                        call.<QueueStatus>reply(
                                                status ->
                                                        call.done(
                                                                new Result.Attributes(
                                                                        wanted(
                                                                                all(
                                                                                        call,
                                                                                        queue,
                                                                                        call.account(
                                                                                                asked
                                                                                                        .queue()),
                                                                                        status),
                                                                                asked.names()))))));
    }

    private static Map<String, String> wanted(Map<String, String> all, List<String> names) {
        if (!names.contains("All")) {
            all.keySet().retainAll(names);
        }
        return all;
    }

    private static Map<String, String> all(
            Call call, SqsQueue queue, String account, QueueStatus status) {
        var all = new TreeMap<String, String>();
        all.put("QueueArn", call.caller().arn(account, queue.name()).text());
        all.put("ApproximateNumberOfMessages", Long.toString(status.ready()));
        all.put("ApproximateNumberOfMessagesNotVisible", Long.toString(status.leased()));
        all.put("ApproximateNumberOfMessagesDelayed", Long.toString(status.delayed()));
        all.put("CreatedTimestamp", Long.toString(queue.queue().createdMillis() / 1_000));
        all.put("LastModifiedTimestamp", Long.toString(queue.modifiedMillis() / 1_000));
        for (var attribute : QueueAttribute.values()) {
            queue.settings()
                    .value(attribute)
                    .ifPresent(value -> all.put(attribute.wireName(), value));
        }
        return all;
    }
}
