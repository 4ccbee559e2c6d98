package io.sluice.dialect.sqs.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One request, understood. What can be wrong with it without a look at its queue has been found already.
public sealed interface Operation {
    Action action();

    /// An operation on one queue, which it names by its URL.
    sealed interface OnQueue extends Operation {
        QueueAddress queue();
    }

    record CreateQueue(String name, Map<String, String> attributes, Map<String, String> tags)
            implements Operation {
        @Override
        public Action action() {
            return Action.CREATE_QUEUE;
        }
    }

    record DeleteQueue(QueueAddress queue) implements OnQueue {
        @Override
        public Action action() {
            return Action.DELETE_QUEUE;
        }
    }

    record PurgeQueue(QueueAddress queue) implements OnQueue {
        @Override
        public Action action() {
            return Action.PURGE_QUEUE;
        }
    }

    record GetQueueUrl(String name, Optional<String> ownerAccount) implements Operation {
        @Override
        public Action action() {
            return Action.GET_QUEUE_URL;
        }
    }

    /// @param maxResults empty: the client knows nothing of pages, and gets 1,000 without a token
    record ListQueues(String prefix, Optional<String> nextToken, OptionalInt maxResults)
            implements Operation {
        @Override
        public Action action() {
            return Action.LIST_QUEUES;
        }
    }

    /// @param names as they were asked for, `All` among them
    record GetQueueAttributes(QueueAddress queue, List<String> names) implements OnQueue {
        @Override
        public Action action() {
            return Action.GET_QUEUE_ATTRIBUTES;
        }
    }

    record SetQueueAttributes(QueueAddress queue, Map<String, String> attributes)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.SET_QUEUE_ATTRIBUTES;
        }
    }

    record TagQueue(QueueAddress queue, Map<String, String> tags) implements OnQueue {
        @Override
        public Action action() {
            return Action.TAG_QUEUE;
        }
    }

    record UntagQueue(QueueAddress queue, List<String> keys) implements OnQueue {
        @Override
        public Action action() {
            return Action.UNTAG_QUEUE;
        }
    }

    record ListQueueTags(QueueAddress queue) implements OnQueue {
        @Override
        public Action action() {
            return Action.LIST_QUEUE_TAGS;
        }
    }

    record AddPermission(
            QueueAddress queue, String label, List<String> accounts, List<String> actions)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.ADD_PERMISSION;
        }
    }

    record RemovePermission(QueueAddress queue, String label) implements OnQueue {
        @Override
        public Action action() {
            return Action.REMOVE_PERMISSION;
        }
    }

    record SendMessage(QueueAddress queue, MessageToSend message) implements OnQueue {
        @Override
        public Action action() {
            return Action.SEND_MESSAGE;
        }
    }

    /// @param entries those that are sound in themselves
    /// @param refused those that are not; the answer names them beside those that the queue refuses
    record SendMessageBatch(
            QueueAddress queue, List<BatchEntry<MessageToSend>> entries, List<BatchFailure> refused)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.SEND_MESSAGE_BATCH;
        }
    }

    /// @param systemAttributes which of the message's system attributes to tell, of the old parameter and the new
    /// @param attributes which of the sender's
    /// @param max messages, from 1 to 10
    /// @param visibilitySeconds empty: the queue's own
    /// @param waitSeconds empty: the queue's own
    record ReceiveMessage(
            QueueAddress queue,
            AttributeFilter systemAttributes,
            AttributeFilter attributes,
            int max,
            OptionalInt visibilitySeconds,
            OptionalInt waitSeconds,
            Optional<String> attemptId)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.RECEIVE_MESSAGE;
        }
    }

    record DeleteMessage(QueueAddress queue, String receiptHandle) implements OnQueue {
        @Override
        public Action action() {
            return Action.DELETE_MESSAGE;
        }
    }

    /// @param entries receipt handles
    record DeleteMessageBatch(
            QueueAddress queue, List<BatchEntry<String>> entries, List<BatchFailure> refused)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.DELETE_MESSAGE_BATCH;
        }
    }

    record ChangeMessageVisibility(QueueAddress queue, VisibilityChange change) implements OnQueue {
        @Override
        public Action action() {
            return Action.CHANGE_MESSAGE_VISIBILITY;
        }
    }

    record ChangeMessageVisibilityBatch(
            QueueAddress queue,
            List<BatchEntry<VisibilityChange>> entries,
            List<BatchFailure> refused)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.CHANGE_MESSAGE_VISIBILITY_BATCH;
        }
    }

    record ListDeadLetterSourceQueues(
            QueueAddress queue, Optional<String> nextToken, OptionalInt maxResults)
            implements OnQueue {
        @Override
        public Action action() {
            return Action.LIST_DEAD_LETTER_SOURCE_QUEUES;
        }
    }

    /// @param destinationArn empty: where the messages came from
    record StartMessageMoveTask(
            String sourceArn, Optional<String> destinationArn, OptionalInt maxPerSecond)
            implements Operation {
        @Override
        public Action action() {
            return Action.START_MESSAGE_MOVE_TASK;
        }
    }

    /// @param maxResults from 1 to 10
    record ListMessageMoveTasks(String sourceArn, int maxResults) implements Operation {
        @Override
        public Action action() {
            return Action.LIST_MESSAGE_MOVE_TASKS;
        }
    }

    record CancelMessageMoveTask(String taskHandle) implements Operation {
        @Override
        public Action action() {
            return Action.CANCEL_MESSAGE_MOVE_TASK;
        }
    }
}
