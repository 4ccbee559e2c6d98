package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.queue.Accounts;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.List;

/// Lists the queues whose dead letters come here.
final class ListDeadLetterSourceQueues {
    private ListDeadLetterSourceQueues() {}

    static void run(Call call, Operation.ListDeadLetterSourceQueues asked) {
        call.withQueue(
                asked.queue(),
                queue ->
                        Pages.answer(
                                call,
                                call.account(asked.queue()),
                                sources(call, call.account(asked.queue()), queue.name()),
                                asked.nextToken(),
                                asked.maxResults()));
    }

    /// The names of the queues of an account whose dead letters go to `target`.
    static List<String> sources(Call call, String account, String target) {
        return call.catalog().queues(Accounts.namespace(account)).stream()
                .map(call::seen)
                .filter(
                        source ->
                                call.redrivePolicy(source)
                                        .filter(
                                                policy ->
                                                        policy.deadLetterTarget()
                                                                .name()
                                                                .equals(target))
                                        .isPresent())
                .map(SqsQueue::name)
                .sorted()
                .toList();
    }
}
