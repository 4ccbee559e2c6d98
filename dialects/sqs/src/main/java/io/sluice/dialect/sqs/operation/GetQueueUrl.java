package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAddress;
import io.sluice.dialect.sqs.protocol.Result;

/// Says where a queue is.
final class GetQueueUrl {
    private GetQueueUrl() {}

    static void run(Call call, Operation.GetQueueUrl asked) {
        var address = new QueueAddress(asked.ownerAccount(), asked.name());
        call.withQueue(
                address,
                queue ->
                        call.done(
                                new Result.QueueUrl(
                                        call.caller().url(call.account(address), queue.name()))));
    }
}
