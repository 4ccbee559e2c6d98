package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.QueueArn;

/// Who asks, and how he names the place.
///
/// @param baseUrl what queue URLs begin with: the host as the caller knows it
/// @param senderId the access key he signed with
public record Caller(String account, String region, String baseUrl, String senderId) {
    String url(String account, String queue) {
        return baseUrl + "/" + account + "/" + queue;
    }

    QueueArn arn(String account, String queue) {
        return new QueueArn(region, account, queue);
    }
}
