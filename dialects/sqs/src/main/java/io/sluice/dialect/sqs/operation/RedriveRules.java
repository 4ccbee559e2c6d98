package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.QueueNames;
import io.sluice.dialect.sqs.protocol.RedrivePolicy;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Map;
import java.util.Optional;

/// What a RedrivePolicy demands of the queue that it names: that it exists, is of the same kind, and lets this one send it its dead letters.
final class RedriveRules {
    private static final String NAME = "RedrivePolicy";

    private RedriveRules() {}

    /// @param attributes sound in themselves
    static Optional<SqsError> refusal(
            Call call, String account, String queue, Map<String, String> attributes) {
        var text = attributes.getOrDefault(NAME, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var target = RedrivePolicy.parse(text).policy().orElseThrow().deadLetterTarget();
        var found =
                target.account().equals(account)
                        ? call.find(account, target.name())
                        : Optional.<SqsQueue>empty();
        if (found.isEmpty()) {
            return Optional.of(RedrivePolicy.targetDoesNotExist(text));
        }
        if (found.get().isFifo() != QueueNames.isFifo(queue)) {
            return Optional.of(RedrivePolicy.targetIsOfAnotherType(text));
        }
        boolean allowed =
                found.get()
                        .settings()
                        .redriveAllowPolicy()
                        .map(policy -> policy.allows(call.caller().arn(account, queue)))
                        .orElse(true);
        return allowed
                ? Optional.empty()
                : Optional.of(
                        SqsError.invalid(
                                text,
                                NAME,
                                "The dead letter queue's RedriveAllowPolicy does not allow this source queue."));
    }
}
