package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.AttributeFilter;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.protocol.VisibilityChange;
import java.util.ArrayList;

/// Reads what receivers ask for.
final class ReceiveOperations {
    private static final int VISIBILITY_SECONDS_MAX = 43_200;

    private static final Member DELETE_ENTRIES =
            Member.list("Entries", "DeleteMessageBatchRequestEntry");
    private static final Member VISIBILITY_ENTRIES =
            Member.list("Entries", "ChangeMessageVisibilityBatchRequestEntry");

    private ReceiveOperations() {}

    static Operation receiveMessage(Parameters parameters) {
        var fields = parameters.fields();
        var systemAttributes = new ArrayList<>(fields.texts(Member.ATTRIBUTE_NAMES));
        systemAttributes.addAll(fields.texts(Member.MESSAGE_SYSTEM_ATTRIBUTE_NAMES));
        return new Operation.ReceiveMessage(
                parameters.queue(),
                AttributeFilter.of(systemAttributes),
                AttributeFilter.of(fields.texts(Member.MESSAGE_ATTRIBUTE_NAMES)),
                parameters
                        .within(
                                "MaxNumberOfMessages",
                                1,
                                10,
                                "Must be between 1 and 10, if provided.")
                        .orElse(1),
                parameters.within(
                        "VisibilityTimeout",
                        0,
                        VISIBILITY_SECONDS_MAX,
                        "Must be >= 0 and <= 43200, if provided."),
                parameters.within("WaitTimeSeconds", 0, 20, "Must be >= 0 and <= 20, if provided."),
                parameters.optional("ReceiveRequestAttemptId"));
    }

    static Operation deleteMessage(Parameters parameters) {
        return new Operation.DeleteMessage(parameters.queue(), receiptHandle(parameters));
    }

    static Operation deleteMessageBatch(Parameters parameters) {
        var queue = parameters.queue();
        var batch = Batch.read(parameters, DELETE_ENTRIES, ReceiveOperations::receiptHandle);
        return new Operation.DeleteMessageBatch(queue, batch.entries(), batch.refused());
    }

    static Operation changeMessageVisibility(Parameters parameters) {
        return new Operation.ChangeMessageVisibility(parameters.queue(), change(parameters));
    }

    static Operation changeMessageVisibilityBatch(Parameters parameters) {
        var queue = parameters.queue();
        var batch = Batch.read(parameters, VISIBILITY_ENTRIES, ReceiveOperations::change);
        return new Operation.ChangeMessageVisibilityBatch(queue, batch.entries(), batch.refused());
    }

    private static String receiptHandle(Parameters parameters) {
        return parameters.required("ReceiptHandle");
    }

    private static VisibilityChange change(Parameters parameters) {
        var handle = receiptHandle(parameters);
        var seconds = parameters.within("VisibilityTimeout", 0, VISIBILITY_SECONDS_MAX);
        return new VisibilityChange(
                handle,
                seconds.orElseThrow(
                        () -> new RefusedException(SqsError.missing("VisibilityTimeout"))));
    }
}
