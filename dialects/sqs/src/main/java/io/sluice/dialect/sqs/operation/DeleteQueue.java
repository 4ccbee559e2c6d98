package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;

/// Deletes a queue with all that is in it.
final class DeleteQueue {
    static final String DEED = "delete";

    private DeleteQueue() {}

    static void run(Call call, Operation.DeleteQueue asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    call.services()
                            .recent()
                            .done(
                                    DEED,
                                    call.account(asked.queue()),
                                    queue.name(),
                                    call.services().clock().millis());
                    call.services()
                            .broker()
                            .queues()
                            .delete(
                                    queue.queue().id(),
                                    false,
                                    false,
                                    call.<Long>reply(_ -> call.done()));
                });
    }
}
