package io.sluice.dialect.kafka.share;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// A broker's reply as a future, which a refusal fails with Kafka's exception for it.
public final class Promise<T> extends CompletableFuture<T> implements Reply<T> {
    /// What `ask` is answered with.
    public static <T> CompletableFuture<T> of(Consumer<Reply<T>> ask) {
        var promise = new Promise<T>();
        ask.accept(promise);
        return promise;
    }

    /// What a future that ended with `failure` means; null: it did not fail.
    public static Errors error(@Nullable Throwable failure) {
        return failure == null
                ? Errors.NONE
                : Errors.forException(Errors.maybeUnwrapException(failure));
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
