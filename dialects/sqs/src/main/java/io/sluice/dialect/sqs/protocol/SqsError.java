package io.sluice.dialect.sqs.protocol;

/// Why a request, or one entry of a batch, is refused. The methods are the texts that clients, and their tests, know.
///
/// @param queryMessage what clients of the Query protocol are told, which is older and sometimes says it in other words
public record SqsError(ErrorKind kind, String message, String queryMessage) {
    public SqsError(ErrorKind kind, String message) {
        this(kind, message, message);
    }

    // ---- queues

    public static SqsError queueDoesNotExist() {
        return new SqsError(
                ErrorKind.QUEUE_DOES_NOT_EXIST,
                "The specified queue does not exist.",
                "The specified queue does not exist for this wsdl version.");
    }

    public static SqsError queueNameExists(String attribute) {
        return new SqsError(
                ErrorKind.QUEUE_NAME_EXISTS,
                "A queue already exists with the same name and a different value for attribute "
                        + attribute);
    }

    public static SqsError queueDeletedRecently() {
        return new SqsError(
                ErrorKind.QUEUE_DELETED_RECENTLY,
                "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
    }

    public static SqsError purgeQueueInProgress(String queue) {
        return new SqsError(
                ErrorKind.PURGE_QUEUE_IN_PROGRESS,
                "Only one PurgeQueue operation on " + queue + " is allowed every 60 seconds.");
    }

    public static SqsError unknownAttribute(String name) {
        return new SqsError(ErrorKind.INVALID_ATTRIBUTE_NAME, "Unknown Attribute " + name + ".");
    }

    /// The rule is the service's, the words are ours.
    public static SqsError throughputNeedsScope() {
        return invalid(
                "perMessageGroupId",
                "FifoThroughputLimit",
                "It is allowed only where DeduplicationScope is messageGroup.");
    }

    // ---- parameters

    public static SqsError missing(String parameter) {
        return new SqsError(
                ErrorKind.MISSING_PARAMETER,
                "The request must contain the parameter " + parameter + ".");
    }

    public static SqsError invalid(String message) {
        return new SqsError(ErrorKind.INVALID_PARAMETER_VALUE, message);
    }

    public static SqsError invalid(Object value, String parameter, String reason) {
        return invalid(
                "Value "
                        + value
                        + " for parameter "
                        + parameter
                        + " is invalid. Reason: "
                        + reason);
    }

    // ---- messages

    public static SqsError messageTooLong(long bytesMax) {
        return invalid(
                "One or more parameters are invalid. Reason: Message must be shorter than "
                        + bytesMax
                        + " bytes.");
    }

    /// Of a FIFO queue, when a message is sent alone.
    public static SqsError invalidContents(String message) {
        return new SqsError(ErrorKind.INVALID_MESSAGE_CONTENTS, message);
    }

    public static SqsError groupIdMissing() {
        return missing("MessageGroupId");
    }

    /// Of a FIFO queue, for the whole of a batch in which one message has no group: the same text, another kind.
    public static SqsError groupIdMissingInBatch() {
        return invalid("The request must contain the parameter MessageGroupId.");
    }

    public static SqsError deduplicationIdMissing() {
        return invalid(
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
    }

    /// Of FIFO queues, whose messages have no delay of their own; of what only FIFO queues know.
    public static SqsError notForThisQueueType(Object value, String parameter) {
        return invalid(
                value,
                parameter,
                "The request include parameter that is not valid for this queue type.");
    }

    // ---- receipt handles

    public static SqsError receiptHandleIsInvalid(String handle) {
        return new SqsError(
                ErrorKind.RECEIPT_HANDLE_IS_INVALID,
                "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }

    public static SqsError receiptHandleExpired(String handle) {
        return invalid(handle, "ReceiptHandle", "The receipt handle has expired.");
    }

    public static SqsError notAvailableForVisibilityChange(String handle) {
        return invalid(
                handle,
                "ReceiptHandle",
                "Message does not exist or is not available for visibility timeout change.");
    }

    public static SqsError totalVisibilityTooLong(int seconds) {
        return invalid(
                seconds,
                "VisibilityTimeout",
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
    }

    public static SqsError tooManyInFlight() {
        return new SqsError(
                ErrorKind.OVER_LIMIT,
                "Too many messages in flight. Delete some, or wait for their visibility timeout.");
    }

    // ---- permissions, move tasks

    public static SqsError labelExists(String label) {
        return invalid(label, "Label", "Already exists.");
    }

    public static SqsError labelNotFound(String label) {
        return invalid(label, "Label", "can't find label.");
    }

    public static SqsError resourceNotFound(String message) {
        return new SqsError(ErrorKind.RESOURCE_NOT_FOUND, message);
    }

    public static SqsError unsupported(String message) {
        return new SqsError(ErrorKind.UNSUPPORTED_OPERATION, message);
    }

    public static SqsError accessDenied(Action action) {
        return new SqsError(
                ErrorKind.ACCESS_DENIED,
                "Access to the resource is denied: sqs:" + action.wireName() + ".");
    }

    // ---- ours

    public static SqsError internal() {
        return new SqsError(
                ErrorKind.INTERNAL,
                "The request could not be served because of an internal error.");
    }

    public static SqsError unavailable() {
        return new SqsError(
                ErrorKind.SERVICE_UNAVAILABLE, "The service is not available now; try again.");
    }
}
