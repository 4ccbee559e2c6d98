package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;

/// Which file does what.
public final class Operations {
    private final Services services;

    public Operations(Services services) {
        this.services = services;
    }

    /// Does what is asked; the outcome comes on any thread.
    public void run(Operation operation, Caller caller, Answering answering) {
        var call = new Call(services, caller, answering);
        switch (operation) {
            case Operation.CreateQueue create -> CreateQueue.run(call, create);
            case Operation.DeleteQueue delete -> DeleteQueue.run(call, delete);
            case Operation.PurgeQueue purge -> PurgeQueue.run(call, purge);
            case Operation.GetQueueUrl get -> GetQueueUrl.run(call, get);
            case Operation.ListQueues list -> ListQueues.run(call, list);
            case Operation.GetQueueAttributes get -> GetQueueAttributes.run(call, get);
            case Operation.SetQueueAttributes set -> SetQueueAttributes.run(call, set);
            case Operation.TagQueue tag -> Tagging.tag(call, tag);
            case Operation.UntagQueue untag -> Tagging.untag(call, untag);
            case Operation.ListQueueTags list -> Tagging.list(call, list);
            case Operation.AddPermission add -> Permissions.add(call, add);
            case Operation.RemovePermission remove -> Permissions.remove(call, remove);
            case Operation.SendMessage send -> SendMessage.run(call, send);
            case Operation.SendMessageBatch send -> SendMessageBatch.run(call, send);
            case Operation.ReceiveMessage receive -> ReceiveMessage.run(call, receive);
            case Operation.DeleteMessage delete -> DeleteMessage.run(call, delete);
            case Operation.DeleteMessageBatch delete -> DeleteMessageBatch.run(call, delete);
            case Operation.ChangeMessageVisibility change ->
                    ChangeMessageVisibility.run(call, change);
            case Operation.ChangeMessageVisibilityBatch change ->
                    ChangeMessageVisibilityBatch.run(call, change);
            case Operation.ListDeadLetterSourceQueues list ->
                    ListDeadLetterSourceQueues.run(call, list);
            case Operation.StartMessageMoveTask start -> MoveTasks.start(call, start);
            case Operation.ListMessageMoveTasks list -> MoveTasks.list(call, list);
            case Operation.CancelMessageMoveTask cancel -> MoveTasks.cancel(call, cancel);
        }
    }
}
