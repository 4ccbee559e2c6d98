package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Receipts;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.VisibilityChange;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Hides some messages for longer, or for no longer, each for its own time: those with the same time together, one time after the other.
final class ChangeMessageVisibilityBatch {
    private final Call call;
    private final SqsQueue queue;
    private final List<String> successful = new ArrayList<>();
    private final List<BatchFailure> failed;

    private ChangeMessageVisibilityBatch(Call call, SqsQueue queue, List<BatchFailure> refused) {
        this.call = call;
        this.queue = queue;
        this.failed = new ArrayList<>(refused);
    }

    static void run(Call call, Operation.ChangeMessageVisibilityBatch asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var bySeconds = new TreeMap<Integer, List<BatchEntry<String>>>();
                    for (BatchEntry<VisibilityChange> entry : asked.entries()) {
                        bySeconds
                                .computeIfAbsent(
                                        entry.value().seconds(), _ -> new ArrayList<>())
                                .add(new BatchEntry<>(entry.id(), entry.value().receiptHandle()));
                    }
                    new ChangeMessageVisibilityBatch(call, queue, asked.refused())
                            .next(bySeconds.entrySet().iterator());
                });
    }

    private void next(Iterator<Map.Entry<Integer, List<BatchEntry<String>>>> left) {
        if (!left.hasNext()) {
            call.done(new Result.Batch(successful, failed));
            return;
        }
        var group = left.next();
        new Settling(call, queue)
                .settle(
                        group.getValue(),
                        new Receipts.Hide(1_000L * group.getKey()),
                        batch -> {
                            successful.addAll(batch.successful());
                            failed.addAll(batch.failed());
                            next(left);
                        });
    }
}
