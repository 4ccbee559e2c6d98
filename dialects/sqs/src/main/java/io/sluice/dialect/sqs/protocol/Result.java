package io.sluice.dialect.sqs.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What an operation came to. Which result belongs to which action is said with each.
public sealed interface Result {
    /// Nothing to tell: of DeleteQueue, PurgeQueue, SetQueueAttributes, TagQueue, UntagQueue, AddPermission, RemovePermission, DeleteMessage and
    /// ChangeMessageVisibility.
    record Done() implements Result {}

    /// Of CreateQueue and GetQueueUrl.
    record QueueUrl(String url) implements Result {}

    /// Of ListQueues and ListDeadLetterSourceQueues.
    record QueueUrls(List<String> urls, Optional<String> nextToken) implements Result {}

    /// Of GetQueueAttributes.
    record Attributes(Map<String, String> values) implements Result {}

    /// Of ListQueueTags.
    record Tags(Map<String, String> values) implements Result {}

    /// Of SendMessage, and of one message of SendMessageBatch.
    ///
    /// @param md5OfAttributes empty when there are none; likewise that of the system attributes
    /// @param sequenceNumber of FIFO queues
    record Sent(
            String messageId,
            String md5OfBody,
            Optional<String> md5OfAttributes,
            Optional<String> md5OfSystemAttributes,
            Optional<String> sequenceNumber)
            implements Result {}

    /// Of SendMessageBatch.
    record SentBatch(List<BatchEntry<Sent>> successful, List<BatchFailure> failed)
            implements Result {}

    /// Of DeleteMessageBatch and ChangeMessageVisibilityBatch.
    ///
    /// @param successful ids of entries
    record Batch(List<String> successful, List<BatchFailure> failed) implements Result {}

    /// Of ReceiveMessage.
    record Received(List<Message> messages) implements Result {}

    /// A message as its receiver sees it.
    ///
    /// @param body in UTF-8, from position to limit; read while the result is written
    /// @param systemAttributes those that were asked for, likewise `attributes`
    /// @param md5OfAttributes of those that are told; empty when none is
    record Message(
            String messageId,
            String receiptHandle,
            ByteBuffer body,
            String md5OfBody,
            Map<String, String> systemAttributes,
            Map<String, MessageAttribute> attributes,
            Optional<String> md5OfAttributes) {}

    /// Of StartMessageMoveTask.
    record MoveTaskStarted(String taskHandle) implements Result {}

    /// Of CancelMessageMoveTask.
    record MoveTaskCancelled(long moved) implements Result {}

    /// Of ListMessageMoveTasks.
    record MoveTasks(List<MoveTask> tasks) implements Result {}

    /// @param taskHandle of running tasks only
    /// @param toMove empty when nobody knows
    record MoveTask(
            Optional<String> taskHandle,
            String status,
            String sourceArn,
            Optional<String> destinationArn,
            OptionalLong maxPerSecond,
            long moved,
            OptionalLong toMove,
            Optional<String> failureReason,
            long startedMillis) {}
}
