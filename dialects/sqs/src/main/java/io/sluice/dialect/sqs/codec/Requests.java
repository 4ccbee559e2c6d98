package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.json.JsonReader;
import io.sluice.dialect.sqs.protocol.Action;
import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.Map;

/// Requests as operations.
public final class Requests {
    private static final String TARGET_PREFIX = "AmazonSQS.";

    private Requests() {}

    /// Understands a request, or says what is wrong with it. Never fails otherwise, whatever comes.
    public static Decoded decode(Wire wire, RawRequest request) {
        try {
            return new Decoded.Understood(
                    switch (wire) {
                        case JSON -> json(request);
                        case QUERY, QUERY_TO_JSON -> query(request);
                    });
        } catch (RefusedException e) {
            return new Decoded.Refused(e.error());
        }
    }

    private static Operation json(RawRequest request) {
        var target = request.header("x-amz-target");
        var name = target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : "";
        var action =
                Action.named(name)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                new SqsError(
                                                        ErrorKind.UNKNOWN_OPERATION,
                                                        "There is no operation " + target + ".")));
        var fields =
                request.body().hasRemaining()
                        ? JsonReader.read(request.body())
                                .map(JsonFields::new)
                                .orElseThrow(
                                        () ->
                                                new RefusedException(
                                                        new SqsError(
                                                                ErrorKind.SERIALIZATION,
                                                                "The body is not a JSON object.")))
                        : new JsonFields(Map.of());
        return operation(action, new Parameters(fields, ""));
    }

    private static Operation query(RawRequest request) {
        var form = Form.read(request.query(), request.body());
        var path = request.path();
        var onQueue = path.length() > 1;
        var name = form.text("Action");
        if (name == null || name.isEmpty()) {
            throw new RefusedException(
                    onQueue && request.method().equals("GET")
                            ? new SqsError(ErrorKind.UNKNOWN_OPERATION, "")
                            : new SqsError(
                                    ErrorKind.MISSING_ACTION,
                                    "The request must contain the parameter Action."));
        }
        var action = Action.named(name);
        if (action.isEmpty() || (onQueue && !isOfQueues(action.get()))) {
            throw new RefusedException(
                    new SqsError(
                            ErrorKind.INVALID_ACTION,
                            "The action " + name + " is not valid for this endpoint."));
        }
        return operation(action.get(), new Parameters(form, path));
    }

    /// Whether it may be asked at a queue's own address.
    private static boolean isOfQueues(Action action) {
        return action != Action.CREATE_QUEUE && action != Action.LIST_QUEUES;
    }

    private static Operation operation(Action action, Parameters parameters) {
        return switch (action) {
            case ADD_PERMISSION -> QueueOperations.addPermission(parameters);
            case CANCEL_MESSAGE_MOVE_TASK -> QueueOperations.cancelMessageMoveTask(parameters);
            case CHANGE_MESSAGE_VISIBILITY -> ReceiveOperations.changeMessageVisibility(parameters);
            case CHANGE_MESSAGE_VISIBILITY_BATCH ->
                    ReceiveOperations.changeMessageVisibilityBatch(parameters);
            case CREATE_QUEUE -> QueueOperations.createQueue(parameters);
            case DELETE_MESSAGE -> ReceiveOperations.deleteMessage(parameters);
            case DELETE_MESSAGE_BATCH -> ReceiveOperations.deleteMessageBatch(parameters);
            case DELETE_QUEUE -> QueueOperations.deleteQueue(parameters);
            case GET_QUEUE_ATTRIBUTES -> QueueOperations.getQueueAttributes(parameters);
            case GET_QUEUE_URL -> QueueOperations.getQueueUrl(parameters);
            case LIST_DEAD_LETTER_SOURCE_QUEUES ->
                    QueueOperations.listDeadLetterSourceQueues(parameters);
            case LIST_MESSAGE_MOVE_TASKS -> QueueOperations.listMessageMoveTasks(parameters);
            case LIST_QUEUES -> QueueOperations.listQueues(parameters);
            case LIST_QUEUE_TAGS -> QueueOperations.listQueueTags(parameters);
            case PURGE_QUEUE -> QueueOperations.purgeQueue(parameters);
            case RECEIVE_MESSAGE -> ReceiveOperations.receiveMessage(parameters);
            case REMOVE_PERMISSION -> QueueOperations.removePermission(parameters);
            case SEND_MESSAGE -> SendOperations.sendMessage(parameters);
            case SEND_MESSAGE_BATCH -> SendOperations.sendMessageBatch(parameters);
            case SET_QUEUE_ATTRIBUTES -> QueueOperations.setQueueAttributes(parameters);
            case START_MESSAGE_MOVE_TASK -> QueueOperations.startMessageMoveTask(parameters);
            case TAG_QUEUE -> QueueOperations.tagQueue(parameters);
            case UNTAG_QUEUE -> QueueOperations.untagQueue(parameters);
        };
    }
}
