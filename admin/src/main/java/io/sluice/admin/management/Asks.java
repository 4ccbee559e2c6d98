package io.sluice.admin.management;

import io.sluice.admin.Loop;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Questions to the broker whose replies come on the loop.
public final class Asks {
    /// As many questions are open at one time, so that a large import does not flood the shards.
    private static final int OPEN_MAX = 256;

    private final Broker broker;
    private final Loop loop;

    Asks(Broker broker, Loop loop) {
        this.broker = broker;
        this.loop = loop;
    }

    /// Changes what exists; gives the catalog after it.
    public CompletableFuture<Catalog> change(CatalogChange change) {
        return ask(reply -> broker.change(change, reply));
    }

    /// @return fails with a [RefusedException] when the broker refuses
    public <T> CompletableFuture<T> ask(Consumer<Reply<T>> question) {
        var answer = new CompletableFuture<T>();
        question.accept(
                new Reply<>() {
                    @Override
                    public void done(T value) {
                        loop.execute(() -> answer.complete(value));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        loop.execute(
                                () -> answer.completeExceptionally(new RefusedException(error)));
                    }
                });
        return answer;
    }

    /// Why the broker refused what a future failed by; null when it failed by something else.
    public static @Nullable BrokerError refusal(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RefusedException refused ? refused.error() : null;
    }

    /// Does one thing for each item, many at a time, and gives what came of it in the items' order. The first failure ends it, once what is
    /// under way has come back.
    public <A, B> CompletableFuture<List<B>> each(
            Collection<A> items, Function<A, CompletableFuture<B>> work) {
        return each(List.copyOf(items), 0, new ArrayList<>(items.size()), work);
    }

    private <A, B> CompletableFuture<List<B>> each(
            List<A> items, int from, List<B> done, Function<A, CompletableFuture<B>> work) {
        if (from == items.size()) {
            return CompletableFuture.completedFuture(done);
        }
        int until = Math.min(items.size(), from + OPEN_MAX);
        var open = items.subList(from, until).stream().map(work).toList();
        return CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
                .thenCompose(
                        _ -> {
                            open.forEach(answer -> done.add(answer.join()));
                            return each(items, until, done, work);
                        });
    }
}
