package io.sluice.admin.sluice;

import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Parts;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.Redrives;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// Redrives asked for: what they would move, and started, paused, ended. The broker does the work ([Redrive]). Owned by the admin's loop.
final class Redriving {
    private final ManagementServices services;

    Redriving(ManagementServices services) {
        this.services = services;
    }

    /// What a dry run came to. What somebody holds, or what waits for its time, is passed over, as a redrive passes it over.
    ///
    /// @param messages that would be moved
    /// @param skipped that have been moved too often already
    /// @param complete all were looked at
    record Count(long messages, long skipped, boolean complete) {}

    CompletableFuture<Count> count(Queue queue, LetterFilter filter, long max) {
        var messages = new AtomicLong();
        var skipped = new AtomicLong();
        return new LetterScan(
                        services,
                        queue,
                        LetterId.FIRST,
                        DeadLettersApi.ALL_LETTERS_MAX,
                        DeadLettersApi.ALL_BYTES_MAX,
                        letter -> {
                            boolean ready = letter.seen().state() == Peeked.State.READY;
                            if (ready && filter.matches(letter.view())) {
                                boolean tooOften = letter.view().redriven() >= max(queue, letter);
                                (tooOften ? skipped : messages).incrementAndGet();
                            }
                            return max == 0 || messages.get() < max;
                        })
                .run()
                .thenApply(
                        next ->
                                new Count(
                                        messages.get(),
                                        skipped.get(),
                                        next.isEmpty() || (max > 0 && messages.get() == max)));
    }

    private int max(Queue queue, Letter letter) {
        var catalog = services.broker().catalog();
        var source = catalog.queue(queue.namespace(), letter.view().sourceQueue()).orElse(queue);
        return catalog.settings(source).policy().redrive().max();
    }

    CompletableFuture<Redrive> start(Queue queue, RedriveWish wish) {
        if (Redrives.running(queue).isPresent()) {
            throw Problem.CONFLICT.ends(
                    "a redrive of queue '" + queue.name() + "' is under way: one at a time");
        }
        return ready(queue)
                .thenCompose(
                        ready -> {
                            var task =
                                    new Redrive(
                                            services.newId().toString(),
                                            wish.to(),
                                            wish.perSecond(),
                                            services.clock().millis(),
                                            ready,
                                            wish.max(),
                                            false,
                                            false,
                                            wish.filter());
                            return change(Redrives.start(queue, task)).thenApply(_ -> task);
                        });
    }

    private CompletableFuture<Long> ready(Queue queue) {
        return services.asks()
                .each(
                        Parts.of(services.broker().catalog(), queue),
                        part ->
                                services.asks()
                                        .<QueueStatus>ask(
                                                reply ->
                                                        services.broker()
                                                                .queues()
                                                                .status(part, reply)))
                .thenApply(all -> all.stream().mapToLong(QueueStatus::ready).sum());
    }

    /// How far it has come: the last part that works on it knows.
    CompletableFuture<RedriveProgress> progress(Queue queue, Redrive task) {
        return services.asks()
                .each(
                        Parts.of(services.broker().catalog(), queue),
                        part ->
                                services.asks()
                                        .<RedriveProgress>ask(
                                                reply ->
                                                        services.broker()
                                                                .queues()
                                                                .redriving(part, reply)))
                .thenApply(
                        all ->
                                all.stream()
                                        .filter(progress -> progress.isOf(task.id()))
                                        .reduce((_, later) -> later)
                                        .orElse(RedriveProgress.NONE));
    }

    CompletableFuture<?> pause(Queue queue, Redrive running, boolean paused) {
        return running.paused() == paused
                ? CompletableFuture.completedFuture(true)
                : change(Redrives.pause(queue, running, paused));
    }

    CompletableFuture<Ended> cancel(Queue queue, Redrive running) {
        return progress(queue, running)
                .thenCompose(
                        progress -> {
                            var ended =
                                    new Ended(
                                            running,
                                            Status.CANCELLED,
                                            progress.moved(),
                                            progress.skipped(),
                                            progress.failed(),
                                            services.clock().millis(),
                                            Optional.empty());
                            return change(Redrives.end(queue, ended)).thenApply(_ -> ended);
                        });
    }

    /// @return fails with a [BrokerError.InUse] when it was changed by somebody else, or has ended, meanwhile
    private CompletableFuture<?> change(CatalogChange change) {
        return services.asks().change(change);
    }
}
