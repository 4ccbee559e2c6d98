package io.sluice.dialect.amqp.mapping;

import io.sluice.dialect.amqp.codec.Property;
import org.jspecify.annotations.Nullable;

/// How properties are called in the headers of records.
final class PropertyNames {
    /// Milliseconds since 1970 UTC, as text.
    static final String TIMESTAMP = "timestamp";

    /// The key of a record from Kafka that cannot be a routing key.
    static final String KAFKA_KEY = "kafka-key";

    private PropertyNames() {}

    /// The header of a property that is text; null for what is no business of a Kafka client.
    static @Nullable String of(Property property) {
        return switch (property) {
            case CONTENT_TYPE -> "content-type";
            case CONTENT_ENCODING -> "content-encoding";
            case CORRELATION_ID -> "correlation-id";
            case REPLY_TO -> "reply-to";
            case MESSAGE_ID -> "message-id";
            case TYPE -> "type";
            case USER_ID -> "user-id";
            case APP_ID -> "app-id";
            case HEADERS, DELIVERY_MODE, PRIORITY, EXPIRATION, TIMESTAMP, CLUSTER_ID -> null;
        };
    }
}
