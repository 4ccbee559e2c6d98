package io.sluice.dialect.sqs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How requests find their operation, and what is refused without a look at a queue.
class RequestsTest {
    private static final String QUEUE = "\"QueueUrl\":\"http://h/0/q\"";

    private static void isRefused(String action, String members, ErrorKind kind, String message) {
        var error = Asked.refused(Asked.json(action, "{" + members + "}"));
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo(message);
    }

    // ---- the way

    @Test
    void jsonIsJsonOnWhateverPath() {
        var request = Asked.json("/0/q", "ReceiveMessage", "{" + QUEUE + "}");
        assertThat(Wire.of(request)).isEqualTo(Wire.JSON);
        assertThat(Asked.understood(request)).isInstanceOf(Operation.ReceiveMessage.class);
    }

    @Test
    void aFormMayNameItsQueueByThePath() {
        var operation = Asked.understood(Asked.form("/0/q", "Action=PurgeQueue"));
        assertThat(operation)
                .isEqualTo(new Operation.PurgeQueue(new QueueAddress(Optional.of("0"), "q")));
        assertThat(Asked.understood(Asked.get("/0/q", "Action=PurgeQueue"))).isEqualTo(operation);
    }

    @Test
    void jsonMayNot() {
        var error = Asked.refused(Asked.json("/0/q", "PurgeQueue", "{}"));
        assertThat(error.message()).isEqualTo("The request must contain the parameter QueueUrl.");
    }

    @Test
    void aBareGetOfAQueueIsAnUnknownOperation() {
        var error = Asked.refused(Asked.get("/0/q", ""));
        assertThat(error.kind()).isEqualTo(ErrorKind.UNKNOWN_OPERATION);
        assertThat(error.kind().httpStatus()).isEqualTo(404);
    }

    @Test
    void whatIsOfAllQueuesIsNoActionOfOne() {
        for (var body : new String[] {"Action=ListQueues", "Action=CreateQueue&QueueName=q"}) {
            assertThat(Asked.refused(Asked.form("/0/q", body)).kind())
                    .isEqualTo(ErrorKind.INVALID_ACTION);
        }
    }

    @Test
    void unknownActionsAreRefused() {
        assertThat(Asked.refused(Asked.json("Dance", "{}")).kind())
                .isEqualTo(ErrorKind.UNKNOWN_OPERATION);
        assertThat(Asked.refused(Asked.form("Action=Dance")).kind())
                .isEqualTo(ErrorKind.INVALID_ACTION);
        assertThat(Asked.refused(Asked.form("Version=1")).kind())
                .isEqualTo(ErrorKind.MISSING_ACTION);
    }

    @Test
    void malformedBodiesAreRefused() {
        for (var body : new String[] {"{", "[]", "{} {}", "{\"QueueName\":", "nonsense"}) {
            assertThat(Asked.refused(Asked.json("GetQueueUrl", body)).kind())
                    .isEqualTo(ErrorKind.SERIALIZATION);
        }
        isRefused(
                "GetQueueUrl",
                "\"QueueName\":1",
                ErrorKind.SERIALIZATION,
                "The value of QueueName is not a string.");
        assertThat(Asked.refused(Asked.form("Action=GetQueueUrl&QueueName=%4")).kind())
                .isEqualTo(ErrorKind.MALFORMED_QUERY);
    }

    @Test
    void requestsOfManyTinyPartsAreRefusedBeforeTheyCostMemory() {
        var list = "[" + "[],".repeat(100_000) + "[]]";
        assertThat(Asked.refused(Asked.json("ListQueues", "{\"x\":" + list + "}")).kind())
                .isEqualTo(ErrorKind.SERIALIZATION);
        assertThat(Asked.refused(Asked.form("Action=ListQueues" + "&a=".repeat(3_000))).kind())
                .isEqualTo(ErrorKind.MALFORMED_QUERY);
        assertThat(Asked.refused(Asked.form("Action=ListQueues&" + "a.".repeat(500) + "=")).kind())
                .isEqualTo(ErrorKind.MALFORMED_QUERY);
        var deep = "{\"x\":" + "[".repeat(5_000);
        assertThat(Asked.refused(Asked.json("ListQueues", deep)).kind())
                .isEqualTo(ErrorKind.SERIALIZATION);
    }

    @Test
    void nullIsAsIfNothingWasSaid() {
        assertThat(Asked.understood(Asked.json("ListQueues", "{\"QueueNamePrefix\":null}")))
                .isEqualTo(Asked.understood(Asked.json("ListQueues", "")));
    }

    @Test
    void listsMayBeWrittenInOldWays() {
        for (var old :
                new String[] {
                    "AttributeName=All",
                    "AttributeName.7=All",
                    "AttributeNames.1=All",
                    "AttributeNames.member.1=All"
                }) {
            assertThat(Asked.understood(Asked.form("/0/q", "Action=GetQueueAttributes&" + old)))
                    .isEqualTo(
                            Asked.understood(
                                    Asked.form(
                                            "/0/q",
                                            "Action=GetQueueAttributes&AttributeName.1=All")));
        }
        for (var old :
                new String[] {
                    "Attribute.Name=DelaySeconds&Attribute.Value=5",
                    "Attributes.entry.1.key=DelaySeconds&Attributes.entry.1.value=5"
                }) {
            var operation =
                    Asked.understood(Asked.form("/0/q", "Action=SetQueueAttributes&" + old));
            assertThat(((Operation.SetQueueAttributes) operation).attributes())
                    .isEqualTo(Map.of("DelaySeconds", "5"));
        }
    }

    // ---- texts that clients know

    @Test
    void numbersHaveTheirRanges() {
        isRefused(
                "ReceiveMessage",
                QUEUE + ",\"MaxNumberOfMessages\":11",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        isRefused(
                "ReceiveMessage",
                QUEUE + ",\"WaitTimeSeconds\":21",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
        isRefused(
                "SendMessage",
                QUEUE + ",\"MessageBody\":\"x\",\"DelaySeconds\":-1",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value -1 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
        isRefused(
                "ChangeMessageVisibility",
                QUEUE + ",\"ReceiptHandle\":\"r\",\"VisibilityTimeout\":43201",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value 43201 for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.");
        isRefused(
                "ReceiveMessage",
                QUEUE + ",\"MaxNumberOfMessages\":99999999999",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value 99999999999 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
    }

    @Test
    void anEmptyBodyIsAMissingOne() {
        isRefused(
                "SendMessage",
                QUEUE + ",\"MessageBody\":\"\"",
                ErrorKind.MISSING_PARAMETER,
                "The request must contain the parameter MessageBody.");
    }

    @Test
    void charactersThatXmlCannotHaveAreRefused() {
        for (var bad : new String[] {"\\u0000", "\\u001f", "\\ud800", "\\udc00x", "\\uffff"}) {
            assertThat(
                            Asked.refused(
                                            Asked.json(
                                                    "SendMessage",
                                                    "{"
                                                            + QUEUE
                                                            + ",\"MessageBody\":\"a"
                                                            + bad
                                                            + "\"}"))
                                    .kind())
                    .isEqualTo(ErrorKind.INVALID_MESSAGE_CONTENTS);
        }
        Asked.understood(
                Asked.json(
                        "SendMessage",
                        "{" + QUEUE + ",\"MessageBody\":\"\\t\\n\\r\\ud83d\\ude00\\ufffd\"}"));
    }

    @Test
    void groupsAndDeduplicationIdsHaveOnlyPlainCharacters() {
        isRefused(
                "SendMessage",
                QUEUE + ",\"MessageBody\":\"x\",\"MessageGroupId\":\"a b\"",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        assertThat(
                        Asked.refused(
                                        Asked.json(
                                                "SendMessage",
                                                "{"
                                                        + QUEUE
                                                        + ",\"MessageBody\":\"x\",\"MessageDeduplicationId\":\""
                                                        + "x".repeat(129)
                                                        + "\"}"))
                                .message())
                .contains("for parameter MessageDeduplicationId is invalid");
    }

    @Test
    void anEmptyAttributeIsRefused() {
        isRefused(
                "SendMessage",
                QUEUE
                        + ",\"MessageBody\":\"x\",\"MessageAttributes\":{\"ErrorDetails\":{\"DataType\":\"String\",\"StringValue\":\"\"}}",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.");
    }

    @Test
    void elevenAttributesAreTooMany() {
        var eleven =
                IntStream.range(0, 11)
                        .mapToObj(
                                i ->
                                        "\"a"
                                                + i
                                                + "\":{\"DataType\":\"Number\",\"StringValue\":\"1\"}")
                        .collect(Collectors.joining(","));
        isRefused(
                "SendMessage",
                QUEUE + ",\"MessageBody\":\"x\",\"MessageAttributes\":{" + eleven + "}",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Number of message attributes [11] exceeds the allowed maximum [10].");
    }

    private static String deletions(String... ids) {
        return QUEUE
                + ",\"Entries\":["
                + Arrays.stream(ids)
                        .map(id -> "{\"Id\":\"" + id + "\",\"ReceiptHandle\":\"r\"}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    @Test
    void batchesAreRefusedWhole() {
        isRefused(
                "DeleteMessageBatch",
                deletions(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new)),
                ErrorKind.TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
                "Maximum number of entries per request are 10. You have sent 20.");
        for (var bad : new String[] {"", "invalid:id", "x".repeat(81), "é"}) {
            isRefused(
                    "DeleteMessageBatch",
                    deletions(bad),
                    ErrorKind.INVALID_BATCH_ENTRY_ID,
                    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
        }
        isRefused(
                "DeleteMessageBatch",
                deletions("a", "b", "a"),
                ErrorKind.BATCH_ENTRY_IDS_NOT_DISTINCT,
                "Id a repeated.");
        isRefused(
                "DeleteMessageBatch",
                deletions(),
                ErrorKind.EMPTY_BATCH_REQUEST,
                "There should be at least one DeleteMessageBatchRequestEntry in the request.");
    }

    @Test
    void aBatchThatIsTooLongIsRefusedWhole() {
        var entry = "{\"Id\":\"%s\",\"MessageBody\":\"%s\"}";
        isRefused(
                "SendMessageBatch",
                QUEUE
                        + ",\"Entries\":["
                        + entry.formatted("1", "x".repeat(1 << 20))
                        + ","
                        + entry.formatted("2", "x")
                        + "]",
                ErrorKind.BATCH_REQUEST_TOO_LONG,
                "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
    }

    @Test
    void oneBadEntryOfABatchLeavesTheOthers() {
        var operation =
                (Operation.SendMessageBatch)
                        Asked.understood(
                                Asked.json(
                                        "SendMessageBatch",
                                        "{"
                                                + QUEUE
                                                + ",\"Entries\":[{\"Id\":\"a\",\"MessageBody\":\"\\u0001\"},{\"Id\":\"b\",\"MessageBody\":\"x\"}]}"));
        assertThat(operation.entries()).extracting(entry -> entry.id()).containsExactly("b");
        assertThat(operation.refused()).extracting(BatchFailure::id).containsExactly("a");
        assertThat(operation.refused().getFirst().error().kind())
                .isEqualTo(ErrorKind.INVALID_MESSAGE_CONTENTS);
    }

    @Test
    void namesOfQueuesSayWhatTheyAre() {
        isRefused(
                "CreateQueue",
                "\"QueueName\":\"q.fifo\"",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        isRefused(
                "CreateQueue",
                "\"QueueName\":\"q\",\"Attributes\":{\"FifoQueue\":\"true\"}",
                ErrorKind.INVALID_PARAMETER_VALUE,
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        Asked.understood(
                Asked.json(
                        "CreateQueue",
                        "{\"QueueName\":\"q.fifo\",\"Attributes\":{\"FifoQueue\":\"true\"}}"));
    }
}
