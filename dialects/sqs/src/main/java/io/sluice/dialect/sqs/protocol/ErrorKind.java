package io.sluice.dialect.sqs.protocol;

/// The errors of SQS: what each is called in the JSON protocol, in the Query protocol, and by which HTTP status it comes.
public enum ErrorKind {
    ACCESS_DENIED("AccessDeniedException", "AccessDenied", 400),
    BATCH_ENTRY_IDS_NOT_DISTINCT("BatchEntryIdsNotDistinct"),
    BATCH_REQUEST_TOO_LONG("BatchRequestTooLong"),
    EMPTY_BATCH_REQUEST("EmptyBatchRequest"),
    INVALID_ADDRESS("InvalidAddress", "InvalidAddress", 404),
    INVALID_ATTRIBUTE_NAME("InvalidAttributeName", "InvalidAttributeName", 400),
    INVALID_ATTRIBUTE_VALUE("InvalidAttributeValue", "InvalidAttributeValue", 400),
    INVALID_BATCH_ENTRY_ID("InvalidBatchEntryId"),
    INVALID_MESSAGE_CONTENTS("InvalidMessageContents", "InvalidMessageContents", 400),
    INVALID_PARAMETER_VALUE("InvalidParameterValueException", "InvalidParameterValue", 400),
    MESSAGE_NOT_INFLIGHT("MessageNotInflight"),
    MISSING_PARAMETER("MissingRequiredParameterException", "MissingParameter", 400),
    OVER_LIMIT("OverLimit", "OverLimit", 400),
    PURGE_QUEUE_IN_PROGRESS(
            "PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403),
    QUEUE_DELETED_RECENTLY("QueueDeletedRecently"),
    QUEUE_DOES_NOT_EXIST("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400),
    QUEUE_NAME_EXISTS("QueueNameExists", "QueueAlreadyExists", 400),
    RECEIPT_HANDLE_IS_INVALID("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 400),
    REQUEST_THROTTLED("RequestThrottled", "RequestThrottled", 400),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", "ResourceNotFoundException", 404),
    TOO_MANY_ENTRIES_IN_BATCH_REQUEST("TooManyEntriesInBatchRequest"),
    UNSUPPORTED_OPERATION("UnsupportedOperation"),

    // What the front of the service says, before there is an operation.

    INVALID_ACTION("InvalidAction", "InvalidAction", 400),
    MALFORMED_QUERY("MalformedQueryString", "MalformedQueryString", 400),
    MISSING_ACTION("MissingAction", "MissingAction", 400),
    SERIALIZATION("SerializationException", "SerializationException", 400),
    UNKNOWN_OPERATION("UnknownOperationException", "UnknownOperationException", 404),

    // Signatures.

    INCOMPLETE_SIGNATURE("IncompleteSignatureException", "IncompleteSignature", 400),
    INVALID_CLIENT_TOKEN_ID("UnrecognizedClientException", "InvalidClientTokenId", 403),
    MISSING_AUTHENTICATION_TOKEN(
            "MissingAuthenticationTokenException", "MissingAuthenticationToken", 403),
    SIGNATURE_DOES_NOT_MATCH("InvalidSignatureException", "SignatureDoesNotMatch", 403),

    /// Ours, not the sender's fault: it may try again.
    INTERNAL("InternalFailure", "InternalFailure", 500),
    SERVICE_UNAVAILABLE("ServiceUnavailable", "ServiceUnavailable", 503);

    private static final String PREFIX = "AWS.SimpleQueueService.";

    private final String shape;
    private final String queryCode;
    private final int httpStatus;

    /// One whose code in the Query protocol is its name behind a prefix.
    ErrorKind(String shape) {
        this(shape, PREFIX + shape, 400);
    }

    ErrorKind(String shape, String queryCode, int httpStatus) {
        this.shape = shape;
        this.queryCode = queryCode;
        this.httpStatus = httpStatus;
    }

    /// Its name in the JSON protocol, without the name space.
    public String shape() {
        return shape;
    }

    /// Its code in the Query protocol, which JSON clients are told beside the shape.
    public String queryCode() {
        return queryCode;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /// Whether the request is wrong, and not we.
    public boolean isSendersFault() {
        return httpStatus < 500;
    }

    /// Whether it comes from the front of the service, which names its shapes otherwise.
    boolean isOfTheFront() {
        return compareTo(INVALID_ACTION) >= 0;
    }

    /// The shape with its name space.
    public String jsonType() {
        return (isOfTheFront() ? "com.amazon.coral.service#" : "com.amazonaws.sqs#") + shape;
    }
}
