package io.sluice.dialect.sqs.protocol;

/// @param seconds from 0 to 43,200, from now
public record VisibilityChange(String receiptHandle, int seconds) {}
