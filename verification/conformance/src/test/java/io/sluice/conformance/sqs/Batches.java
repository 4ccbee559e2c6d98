package io.sluice.conformance.sqs;

import io.sluice.conformance.support.SqsClients;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// Calls for several messages or receipt handles at once, by the ids of their entries.
final class Batches {
    private Batches() {}

    static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    static SendMessageBatchResponse send(
            SqsClients sqs, String url, SendMessageBatchRequestEntry... entries) {
        return sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries));
    }

    static DeleteMessageBatchResponse delete(
            SqsClients sqs, String url, Map<String, String> handles) {
        List<DeleteMessageBatchRequestEntry> entries =
                handles.entrySet().stream()
                        .map(
                                handle ->
                                        DeleteMessageBatchRequestEntry.builder()
                                                .id(handle.getKey())
                                                .receiptHandle(handle.getValue())
                                                .build())
                        .toList();
        return sqs.client().deleteMessageBatch(b -> b.queueUrl(url).entries(entries));
    }

    static ChangeMessageVisibilityBatchResponse hide(
            SqsClients sqs, String url, int seconds, Map<String, String> handles) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries =
                handles.entrySet().stream()
                        .map(
                                handle ->
                                        ChangeMessageVisibilityBatchRequestEntry.builder()
                                                .id(handle.getKey())
                                                .receiptHandle(handle.getValue())
                                                .visibilityTimeout(seconds)
                                                .build())
                        .toList();
        return sqs.client().changeMessageVisibilityBatch(b -> b.queueUrl(url).entries(entries));
    }
}
