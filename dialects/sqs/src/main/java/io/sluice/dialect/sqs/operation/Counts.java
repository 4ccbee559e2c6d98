package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Iterator;
import java.util.function.Consumer;

/// How many messages a queue holds, all its parts together.
record Counts(long ready, long leased, long delayed) {
    private static final Counts NONE = new Counts(0, 0, 0);

    /// Goes on with the counts, or refuses.
    static void of(Call call, SqsQueue queue, Consumer<Counts> then) {
        NONE.and(call, queue.parts().iterator(), then);
    }

    private void and(Call call, Iterator<QueuePart> left, Consumer<Counts> then) {
        if (!left.hasNext()) {
            then.accept(this);
            return;
        }
        call.services()
                .broker()
                .queues()
                .status(
                        left.next(),
                        call.<QueueStatus>reply(
                                status ->
                                        new Counts(
                                                        ready + status.ready(),
                                                        leased + status.leased(),
                                                        delayed + status.delayed())
                                                .and(call, left, then)));
    }
}
