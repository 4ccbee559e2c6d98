package io.sluice.conformance.sqs;

import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Attributes of a queue with dead letters.
final class DeadLetters {
    private DeadLetters() {}

    static Map<QueueAttributeName, String> to(String arn, int maxReceiveCount) {
        return Map.of(QueueAttributeName.REDRIVE_POLICY, policy(arn, maxReceiveCount));
    }

    static String policy(String arn, int maxReceiveCount) {
        return "{\"deadLetterTargetArn\":\""
                + arn
                + "\",\"maxReceiveCount\":"
                + maxReceiveCount
                + "}";
    }
}
