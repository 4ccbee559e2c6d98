package io.sluice.conformance.sqs;

import io.sluice.conformance.support.SqsClients;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// Messages to standard queues that have more than a body.
final class Sends {
    /// As long as a message may be with its attributes, and all those of a batch together.
    static final int BYTES_MAX = 1_048_576;

    private Sends() {}

    /// Sends `x`, unless `more` says otherwise.
    static SendMessageResponse send(
            SqsClients sqs, String url, Consumer<SendMessageRequest.Builder> more) {
        return sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("x").applyMutation(more));
    }

    static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
