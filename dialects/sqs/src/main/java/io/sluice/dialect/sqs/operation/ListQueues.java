package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueNames;
import io.sluice.dialect.sqs.queue.Accounts;

/// Lists the caller's queues, whoever declared them, as far as their names are legal here.
final class ListQueues {
    private ListQueues() {}

    static void run(Call call, Operation.ListQueues asked) {
        var names =
                call.catalog().queues(Accounts.namespace(call.caller().account())).stream()
                        .filter(queue -> !queue.exclusive())
                        .filter(queue -> QueueType.of(queue) != QueueType.STREAM)
                        .map(Queue::name)
                        .filter(name -> name.startsWith(asked.prefix()) && QueueNames.isLegal(name))
                        .sorted()
                        .toList();
        Pages.answer(call, names, asked.nextToken(), asked.maxResults());
    }
}
