package io.sluice.dialect.kafka.share;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A broker's reply as a future, which a refusal fails with Kafka's exception for it.
public final class Promise<T> extends CompletableFuture<T> implements Reply<T> {
    /// What `ask` is answered with.
    public static <T> CompletableFuture<T> of(Consumer<Reply<T>> ask) {
        var promise = new Promise<T>();
        ask.accept(promise);
        return promise;
    }

    @Override
    public void done(T value) {
        complete(value);
    }

    @Override
    public void refused(BrokerError error) {
        completeExceptionally(KafkaErrors.exception(error));
    }
}
