package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Iterator;
import java.util.function.Consumer;

/// How far a queue has come with a move task. Its parts work one after the other, so the last one that has begun knows.
record Moved(Redrive task, RedriveProgress latest) {
    /// Goes on with it, or refuses.
    static void of(Call call, SqsQueue queue, Redrive task, Consumer<RedriveProgress> then) {
        new Moved(task, RedriveProgress.NONE).and(call, queue.parts().iterator(), then);
    }

    private void and(Call call, Iterator<QueuePart> left, Consumer<RedriveProgress> then) {
        if (!left.hasNext()) {
            then.accept(latest);
            return;
        }
        call.services()
                .broker()
                .queues()
                .redriving(
                        left.next(),
                        call.<RedriveProgress>reply(
                                progress ->
                                        new Moved(
                                                        task,
                                                        progress.isOf(task.id())
                                                                ? progress
                                                                : latest)
                                                .and(call, left, then)));
    }
}
