package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.protocol.QueueNames;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.List;
import java.util.Map;

/// Reads what is asked of queues, not of messages.
final class QueueOperations {
    private static final int PAGE_MAX = 1000;
    private static final int MOVE_TASKS_MAX = 10;
    private static final int MOVES_PER_SECOND_MAX = 500;

    private QueueOperations() {}

    static Operation createQueue(Parameters parameters) {
        var name = parameters.required("QueueName");
        var attributes = parameters.fields().map(Member.ATTRIBUTES);
        RefusedException.check(QueueNames.check(name, QueueAttributes.asksForFifo(attributes)));
        RefusedException.check(QueueAttributes.checkNew(attributes));
        return new Operation.CreateQueue(
                name, attributes, parameters.fields().map(Member.TAGS_AT_BIRTH));
    }

    static Operation deleteQueue(Parameters parameters) {
        return new Operation.DeleteQueue(parameters.queue());
    }

    static Operation purgeQueue(Parameters parameters) {
        return new Operation.PurgeQueue(parameters.queue());
    }

    static Operation getQueueUrl(Parameters parameters) {
        return new Operation.GetQueueUrl(
                parameters.required("QueueName"), parameters.optional("QueueOwnerAWSAccountId"));
    }

    static Operation listQueues(Parameters parameters) {
        return new Operation.ListQueues(
                parameters.optional("QueueNamePrefix").orElse(""),
                parameters.optional("NextToken"),
                parameters.within("MaxResults", 1, PAGE_MAX));
    }

    static Operation listDeadLetterSourceQueues(Parameters parameters) {
        return new Operation.ListDeadLetterSourceQueues(
                parameters.queue(),
                parameters.optional("NextToken"),
                parameters.within("MaxResults", 1, PAGE_MAX));
    }

    static Operation getQueueAttributes(Parameters parameters) {
        var queue = parameters.queue();
        var names = parameters.fields().texts(Member.ATTRIBUTE_NAMES);
        RefusedException.check(QueueAttributes.checkNames(names));
        return new Operation.GetQueueAttributes(queue, names);
    }

    static Operation setQueueAttributes(Parameters parameters) {
        var queue = parameters.queue();
        var attributes = parameters.fields().map(Member.ATTRIBUTES);
        if (attributes.isEmpty()) {
            throw new RefusedException(SqsError.missing("Attributes"));
        }
        RefusedException.check(
                QueueAttributes.checkChange(attributes, QueueNames.isFifo(queue.name())));
        return new Operation.SetQueueAttributes(queue, attributes);
    }

    static Operation tagQueue(Parameters parameters) {
        return new Operation.TagQueue(
                parameters.queue(), filled("Tags", parameters.fields().map(Member.TAGS)));
    }

    static Operation untagQueue(Parameters parameters) {
        return new Operation.UntagQueue(
                parameters.queue(), filled("TagKeys", parameters.fields().texts(Member.TAG_KEYS)));
    }

    static Operation listQueueTags(Parameters parameters) {
        return new Operation.ListQueueTags(parameters.queue());
    }

    static Operation addPermission(Parameters parameters) {
        return new Operation.AddPermission(
                parameters.queue(),
                parameters.required("Label"),
                filled("AWSAccountIds", parameters.fields().texts(Member.ACCOUNTS)),
                filled("Actions", parameters.fields().texts(Member.ACTIONS)));
    }

    static Operation removePermission(Parameters parameters) {
        return new Operation.RemovePermission(parameters.queue(), parameters.required("Label"));
    }

    static Operation startMessageMoveTask(Parameters parameters) {
        return new Operation.StartMessageMoveTask(
                parameters.required("SourceArn"),
                parameters.optional("DestinationArn"),
                parameters.within("MaxNumberOfMessagesPerSecond", 1, MOVES_PER_SECOND_MAX));
    }

    static Operation listMessageMoveTasks(Parameters parameters) {
        return new Operation.ListMessageMoveTasks(
                parameters.required("SourceArn"),
                parameters.within("MaxResults", 1, MOVE_TASKS_MAX).orElse(1));
    }

    static Operation cancelMessageMoveTask(Parameters parameters) {
        return new Operation.CancelMessageMoveTask(parameters.required("TaskHandle"));
    }

    private static List<String> filled(String name, List<String> list) {
        if (list.isEmpty()) {
            throw new RefusedException(SqsError.missing(name));
        }
        return list;
    }

    private static Map<String, String> filled(String name, Map<String, String> map) {
        if (map.isEmpty()) {
            throw new RefusedException(SqsError.missing(name));
        }
        return map;
    }
}
