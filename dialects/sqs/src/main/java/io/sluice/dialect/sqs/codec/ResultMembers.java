package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.Action;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.Result;

/// Which members a result has, and what they are called: the same for all protocols.
final class ResultMembers {
    private ResultMembers() {}

    static void write(Output into, Action action, Result result) {
        switch (result) {
            case Result.Done() -> {}
            case Result.QueueUrl(String url) -> into.text("QueueUrl", url);
            case Result.QueueUrls urls -> {
                into.texts(
                        action == Action.LIST_DEAD_LETTER_SOURCE_QUEUES
                                ? Member.SOURCE_QUEUE_URLS
                                : Member.QUEUE_URLS,
                        urls.urls());
                urls.nextToken().ifPresent(token -> into.text("NextToken", token));
            }
            case Result.Attributes(var values) -> into.map(Member.ATTRIBUTES, values);
            case Result.Tags(var values) -> into.map(Member.TAGS, values);
            case Result.Sent sent -> sent(into, sent);
            case Result.SentBatch batch -> {
                into.structures(successful(action), batch.successful(), ResultMembers::sentEntry);
                into.structures(Member.FAILED, batch.failed(), ResultMembers::failure);
            }
            case Result.Batch batch -> {
                into.structures(
                        successful(action),
                        batch.successful(),
                        (entry, id) -> entry.text("Id", id));
                into.structures(Member.FAILED, batch.failed(), ResultMembers::failure);
            }
            case Result.Received(var messages) ->
                    into.structures(Member.MESSAGES, messages, ResultMembers::message);
            case Result.MoveTaskStarted(String handle) -> into.text("TaskHandle", handle);
            case Result.MoveTaskCancelled(long moved) ->
                    into.number("ApproximateNumberOfMessagesMoved", moved);
            case Result.MoveTasks(var tasks) ->
                    into.structures(Member.MOVE_TASKS, tasks, ResultMembers::moveTask);
        }
    }

    private static Member successful(Action action) {
        return Member.list("Successful", action.wireName() + "ResultEntry");
    }

    private static void sent(Output into, Result.Sent sent) {
        into.text("MessageId", sent.messageId());
        into.text("MD5OfMessageBody", sent.md5OfBody());
        sent.md5OfAttributes().ifPresent(md5 -> into.text("MD5OfMessageAttributes", md5));
        sent.md5OfSystemAttributes()
                .ifPresent(md5 -> into.text("MD5OfMessageSystemAttributes", md5));
        sent.sequenceNumber().ifPresent(number -> into.text("SequenceNumber", number));
    }

    private static void sentEntry(Output into, BatchEntry<Result.Sent> entry) {
        into.text("Id", entry.id());
        sent(into, entry.value());
    }

    private static void failure(Output into, BatchFailure failure) {
        var error = failure.error();
        into.text("Id", failure.id());
        into.bool("SenderFault", error.kind().isSendersFault());
        into.text("Code", error.kind().queryCode());
        into.text("Message", error.message());
    }

    private static void message(Output into, Result.Message message) {
        into.text("MessageId", message.messageId());
        into.text("ReceiptHandle", message.receiptHandle());
        into.text("MD5OfBody", message.md5OfBody());
        into.text("Body", message.body());
        into.map(Member.ATTRIBUTES, message.systemAttributes());
        message.md5OfAttributes().ifPresent(md5 -> into.text("MD5OfMessageAttributes", md5));
        into.structureMap(
                Member.MESSAGE_ATTRIBUTES, message.attributes(), ResultMembers::attribute);
    }

    private static void attribute(Output into, MessageAttribute attribute) {
        switch (attribute) {
            case MessageAttribute.Text text -> into.text("StringValue", text.value());
            case MessageAttribute.Binary binary -> into.bytes("BinaryValue", binary.value());
        }
        into.text("DataType", attribute.dataType());
    }

    private static void moveTask(Output into, Result.MoveTask task) {
        task.taskHandle().ifPresent(handle -> into.text("TaskHandle", handle));
        into.text("Status", task.status());
        into.text("SourceArn", task.sourceArn());
        task.destinationArn().ifPresent(arn -> into.text("DestinationArn", arn));
        task.maxPerSecond().ifPresent(most -> into.number("MaxNumberOfMessagesPerSecond", most));
        into.number("ApproximateNumberOfMessagesMoved", task.moved());
        task.toMove().ifPresent(many -> into.number("ApproximateNumberOfMessagesToMove", many));
        task.failureReason().ifPresent(reason -> into.text("FailureReason", reason));
        into.number("StartedTimestamp", task.startedMillis());
    }
}
