package io.sluice.dialect.sqs.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What can be asked for, by its name on the wire.
public enum Action {
    ADD_PERMISSION("AddPermission"),
    CANCEL_MESSAGE_MOVE_TASK("CancelMessageMoveTask"),
    CHANGE_MESSAGE_VISIBILITY("ChangeMessageVisibility"),
    CHANGE_MESSAGE_VISIBILITY_BATCH("ChangeMessageVisibilityBatch"),
    CREATE_QUEUE("CreateQueue"),
    DELETE_MESSAGE("DeleteMessage"),
    DELETE_MESSAGE_BATCH("DeleteMessageBatch"),
    DELETE_QUEUE("DeleteQueue"),
    GET_QUEUE_ATTRIBUTES("GetQueueAttributes"),
    GET_QUEUE_URL("GetQueueUrl"),
    LIST_DEAD_LETTER_SOURCE_QUEUES("ListDeadLetterSourceQueues"),
    LIST_MESSAGE_MOVE_TASKS("ListMessageMoveTasks"),
    LIST_QUEUES("ListQueues"),
    LIST_QUEUE_TAGS("ListQueueTags"),
    PURGE_QUEUE("PurgeQueue"),
    RECEIVE_MESSAGE("ReceiveMessage"),
    REMOVE_PERMISSION("RemovePermission"),
    SEND_MESSAGE("SendMessage"),
    SEND_MESSAGE_BATCH("SendMessageBatch"),
    SET_QUEUE_ATTRIBUTES("SetQueueAttributes"),
    START_MESSAGE_MOVE_TASK("StartMessageMoveTask"),
    TAG_QUEUE("TagQueue"),
    UNTAG_QUEUE("UntagQueue");

    private static final Map<String, Action> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Action::wireName, Function.identity()));

    private final String wireName;

    Action(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<Action> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }
}
