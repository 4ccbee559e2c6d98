package io.sluice.dialect.sqs.protocol;

/// One of a batch that was refused while the others were not.
public record BatchFailure(String id, SqsError error) {}
