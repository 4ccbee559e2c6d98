package io.sluice.admin.sluice;

import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Parts;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Goes through a queue's messages, a few at a time, so that no shard is kept busy by somebody who looks. Changes nothing. Used once, on the admin's loop.
final class LetterScan {
    private static final int LETTERS_PER_PEEK = 200;
    private static final long BYTES_PER_PEEK = 2L << 20;

    private final ManagementServices services;
    private final List<QueuePart> parts;
    private final Predicate<Letter> visitor;
    private final CompletableFuture<Optional<LetterId>> end = new CompletableFuture<>();
    private LetterId next;
    private long lettersLeft;
    private long bytesLeft;

    /// @param visitor told of each letter; false: that is enough
    /// @param lettersMax,bytesMax more is not looked at; bytes are those of bodies
    LetterScan(
            ManagementServices services,
            Queue queue,
            LetterId from,
            long lettersMax,
            long bytesMax,
            Predicate<Letter> visitor) {
        this.services = services;
        this.parts = Parts.of(services.broker().catalog(), queue);
        this.visitor = visitor;
        this.next = from;
        this.lettersLeft = lettersMax;
        this.bytesLeft = bytesMax;
    }

    /// @return where to go on; empty when all was looked at
    CompletableFuture<Optional<LetterId>> run() {
        peek();
        return end;
    }

    private void peek() {
        if (next.partition() >= parts.size()) {
            end.complete(Optional.empty());
            return;
        }
        var peek = new Peek(next.offset(), LETTERS_PER_PEEK, BYTES_PER_PEEK);
        var _ =
                services.asks()
                        .<Peeked>ask(
                                reply ->
                                        services.broker()
                                                .queues()
                                                .peek(parts.get(next.partition()), peek, reply))
                        .thenAccept(this::peeked)
                        .exceptionally(
                                failure -> {
                                    end.completeExceptionally(failure);
                                    return null;
                                });
    }

    private void peeked(Peeked peeked) {
        for (var seen : peeked.messages()) {
            var letter = Letter.of(parts.get(next.partition()), seen);
            next = letter.id().behind();
            lettersLeft--;
            bytesLeft -= letter.bodyBytes();
            if (!visitor.test(letter) || lettersLeft <= 0 || bytesLeft <= 0) {
                end.complete(Optional.of(next));
                return;
            }
        }
        if (peeked.messages().isEmpty()) {
            next = new LetterId(next.partition() + 1, 0);
        }
        peek();
    }
}
