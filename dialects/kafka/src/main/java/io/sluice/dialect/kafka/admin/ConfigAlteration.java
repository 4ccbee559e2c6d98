package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.dialect.kafka.admin.ConfigResources.Configurable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/// The last step that both ways of changing settings share: check all that shall be set, then make it so.
final class ConfigAlteration {
    private final Broker broker;

    ConfigAlteration(Broker broker) {
        this.broker = broker;
    }

    void alter(
            Configurable target,
            Map<String, String> wanted,
            boolean validateOnly,
            Consumer<ApiError> done) {
        var refusal = tooLong(wanted).or(() -> target.refusal(wanted));
        var change = target.change(wanted);
        if (refusal.isPresent() || validateOnly || change.isEmpty()) {
            done.accept(refusal.orElse(ApiError.NONE));
        } else {
            broker.change(change.get(), new Outcome<>(done));
        }
    }

    /// Kafka keeps a value as a string of at most this length, and so do answers in older versions of the protocol.
    private static Optional<ApiError> tooLong(Map<String, String> wanted) {
        return wanted.values().stream().anyMatch(value -> value.length() > Short.MAX_VALUE)
                ? Optional.of(
                        new ApiError(
                                Errors.INVALID_CONFIG,
                                "The configuration value cannot be added because it exceeds the maximum value size of "
                                        + Short.MAX_VALUE
                                        + " bytes."))
                : Optional.empty();
    }

    /// Why a request's list of settings cannot be meant.
    ///
    /// @param names all that are named
    /// @param withoutValue those of them that need a value and have none
    static Optional<ApiError> malformed(Collection<String> names, Collection<String> withoutValue) {
        if (new HashSet<>(names).size() < names.size()) {
            return Optional.of(
                    new ApiError(Errors.INVALID_REQUEST, "Error due to duplicate config keys"));
        }
        return withoutValue.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ApiError(
                                Errors.INVALID_REQUEST,
                                "Null value not supported for : "
                                        + TopicRules.listed(withoutValue)));
    }
}
