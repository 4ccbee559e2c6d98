package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;

/// Empties a queue: what is visible, what is in flight, what is delayed, and what deduplication remembers.
final class PurgeQueue {
    private static final String DEED = "purge";

    private PurgeQueue() {}

    static void run(Call call, Operation.PurgeQueue asked) {
        call.withQueue(asked.queue(), queue -> purge(call, call.account(asked.queue()), queue));
    }

    private static void purge(Call call, String account, SqsQueue queue) {
        var recent = call.services().recent();
        long now = call.services().clock().millis();
        if (call.services().settings().purgeWaits()
                && recent.isRecent(DEED, account, queue.name(), now)) {
            call.refuse(SqsError.purgeQueueInProgress(queue.name()));
            return;
        }
        recent.done(DEED, account, queue.name(), now);
        call.services().attempts().forget(queue.queue().id());
        var broker = call.services().broker();
        broker.queues()
                .purge(
                        queue.part(),
                        call.<Long>reply(
                                _ -> {
                                    if (queue.queue().ownsTopic()) {
                                        broker.deleteRecords(
                                                queue.part().partition(),
                                                -1,
                                                call.<Long>reply(_ -> call.done()));
                                    } else {
                                        call.done();
                                    }
                                }));
    }
}
