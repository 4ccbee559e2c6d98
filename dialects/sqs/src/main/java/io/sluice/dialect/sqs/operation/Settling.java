package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.dialect.sqs.message.ReceiptHandle;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does one thing to messages whose handles are shown, and tells what came of it for each.
final class Settling {
    private final Call call;
    private final SqsQueue queue;

    Settling(Call call, SqsQueue queue) {
        this.call = call;
        this.queue = queue;
    }

    /// @param entries receipt handles
    void settle(
            List<BatchEntry<String>> entries, Receipts.Wish wish, Consumer<Result.Batch> then) {
        var failed = new ArrayList<BatchFailure>();
        var known = new ArrayList<BatchEntry<String>>();
        var handles = new ArrayList<ReceiptHandle>();
        for (var entry : entries) {
            var handle = ReceiptHandle.of(entry.value(), queue.queue().id());
            if (handle.isEmpty()) {
                failed.add(
                        new BatchFailure(
                                entry.id(), SqsError.receiptHandleIsInvalid(entry.value())));
            } else {
                known.add(entry);
                handles.add(handle.get());
            }
        }
        if (known.isEmpty()) {
            then.accept(new Result.Batch(List.of(), failed));
            return;
        }
        call.services().attempts().forget(queue.queue().id());
        call.services()
                .broker()
                .queues()
                .settle(
                        queue.part(),
                        receipts(handles, wish),
                        call.<List<Outcome>>reply(
                                outcomes -> then.accept(batch(known, outcomes, failed))));
    }

    private static Receipts receipts(List<ReceiptHandle> handles, Receipts.Wish wish) {
        return new Receipts(
                handles.stream().mapToLong(ReceiptHandle::offset).toArray(),
                handles.stream().mapToInt(ReceiptHandle::returned).toArray(),
                wish);
    }

    private static Result.Batch batch(
            List<BatchEntry<String>> entries, List<Outcome> outcomes, List<BatchFailure> failed) {
        var successful = new ArrayList<String>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var error = error(outcomes.get(i), entry.value());
            if (error == null) {
                successful.add(entry.id());
            } else {
                failed.add(new BatchFailure(entry.id(), error));
            }
        }
        return new Result.Batch(successful, failed);
    }

    private static @Nullable SqsError error(Outcome outcome, String handle) {
        return switch (outcome) {
            case DONE -> null;
            case EXPIRED -> SqsError.receiptHandleExpired(handle);
            case GONE -> SqsError.notAvailableForVisibilityChange(handle);
        };
    }

    /// The answer to a call about one message.
    void one(String handle, Receipts.Wish wish) {
        settle(
                List.of(new BatchEntry<>("", handle)),
                wish,
                batch -> {
                    if (batch.failed().isEmpty()) {
                        call.done();
                    } else {
                        call.refuse(batch.failed().getFirst().error());
                    }
                });
    }
}
