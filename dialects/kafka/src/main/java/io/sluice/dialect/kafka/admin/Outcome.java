package io.sluice.dialect.kafka.admin;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/// Turns the broker's reply to a change into the error, or none, that Kafka's answers carry per topic or resource.
record Outcome<T>(Consumer<ApiError> done) implements Reply<T> {
    @Override
    public void done(T value) {
        done.accept(ApiError.NONE);
    }

    @Override
    public void refused(BrokerError error) {
        done.accept(of(error));
    }

    /// The refusal with the broker's own sentence. What was not possible for a moment is answered with the code on which admin
    /// clients look for the controller again and repeat the request.
    static ApiError of(BrokerError error) {
        return switch (error) {
            case BrokerError.Unavailable(String message) ->
                    new ApiError(Errors.NOT_CONTROLLER, message);
            case BrokerError other -> new ApiError(KafkaErrors.of(other), other.message());
        };
    }
}
