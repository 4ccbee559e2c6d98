package io.sluice.dialect.kafka.admin;

import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/// What a check of a client's wish came to: something to go on with, or the answer that ends it.
sealed interface Checked<T> {
    record Good<T>(T value) implements Checked<T> {}

    record Refused<T>(ApiError error) implements Checked<T> {}

    static <T> Checked<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Checked<T> refused(ApiError error) {
        return new Refused<>(error);
    }

    static <T> Checked<T> refused(Errors error, String message) {
        return new Refused<>(new ApiError(error, message));
    }
}
