package io.sluice.dialect.sqs.queue;

import io.sluice.dialect.sqs.protocol.QueueArn;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a RedrivePolicy sends messages that were received too often. The policy was validated when it was set.
///
/// @param maxReceiveCount a message that was received so often is not handed out once more
public record RedriveTarget(QueueArn arn, int maxReceiveCount) {
    private static final Pattern TARGET = Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern COUNT = Pattern.compile("\"maxReceiveCount\"\\s*:\\s*\"?(\\d{1,4})\"?");

    /// @param policy JSON text
    public static Optional<RedriveTarget> of(String policy) {
        var target = TARGET.matcher(policy);
        var count = COUNT.matcher(policy);
        if (!target.find() || !count.find()) {
            return Optional.empty();
        }
        int max = Integer.parseInt(count.group(1));
        return QueueArn.of(target.group(1)).map(arn -> new RedriveTarget(arn, max));
    }
}
