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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does one thing to messages whose handles are shown, and tells what came of it for each.
final class Settling {
    private static final int HIDDEN_SECONDS_MAX = 43_200;

    private final Call call;
    private final SqsQueue queue;

    Settling(Call call, SqsQueue queue) {
        this.call = call;
        this.queue = queue;
    }

    /// @param entries receipt handles
    void settle(List<BatchEntry<String>> entries, Receipts.Wish wish, Consumer<Result.Batch> then) {
        var failed = new ArrayList<BatchFailure>();
        var byPart = new TreeMap<Integer, List<Shown>>();
        var reader = queue.handleKey().reader();
        for (var entry : entries) {
            var handle =
                    reader.handle(entry.value())
                            .filter(shown -> shown.part() < queue.parts().size());
            var error =
                    handle.isEmpty()
                            ? SqsError.receiptHandleIsInvalid(entry.value())
                            : refusal(handle.get(), wish);
            if (error == null) {
                byPart.computeIfAbsent(handle.orElseThrow().part(), _ -> new ArrayList<>())
                        .add(new Shown(entry, handle.orElseThrow()));
            } else {
                failed.add(new BatchFailure(entry.id(), error));
            }
        }
        if (!byPart.isEmpty()) {
            call.services().attempts().forget(queue.queue().id());
        }
        settle(byPart.entrySet().iterator(), wish, new Result.Batch(List.of(), failed), then);
    }

    /// A handle and who shows it.
    private record Shown(BatchEntry<String> entry, ReceiptHandle handle) {}

    /// From when it was received, a message is hidden for twelve hours at most.
    private @Nullable SqsError refusal(ReceiptHandle handle, Receipts.Wish wish) {
        if (!(wish instanceof Receipts.Hide(long millis))) {
            return null;
        }
        int seconds = (int) (millis / 1_000);
        int age = handle.ageSeconds(call.services().clock().millis());
        return age <= HIDDEN_SECONDS_MAX && age + seconds > HIDDEN_SECONDS_MAX
                ? SqsError.totalVisibilityTooLong(seconds)
                : null;
    }

    /// One part of the queue after the other.
    private void settle(
            Iterator<Map.Entry<Integer, List<Shown>>> left,
            Receipts.Wish wish,
            Result.Batch before,
            Consumer<Result.Batch> then) {
        if (!left.hasNext()) {
            then.accept(before);
            return;
        }
        var next = left.next();
        call.services()
                .broker()
                .queues()
                .settle(
                        queue.queue().part(next.getKey()),
                        receipts(next.getValue(), wish),
                        call.<List<Outcome>>reply(
                                outcomes ->
                                        settle(
                                                left,
                                                wish,
                                                batch(before, next.getValue(), outcomes),
                                                then)));
    }

    private static Receipts receipts(List<Shown> shown, Receipts.Wish wish) {
        return new Receipts(
                shown.stream().mapToLong(one -> one.handle().offset()).toArray(),
                shown.stream().mapToInt(one -> one.handle().returned()).toArray(),
                wish);
    }

    private static Result.Batch batch(
            Result.Batch before, List<Shown> shown, List<Outcome> outcomes) {
        var successful = new ArrayList<>(before.successful());
        var failed = new ArrayList<>(before.failed());
        for (int i = 0; i < shown.size(); i++) {
            var entry = shown.get(i).entry();
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
