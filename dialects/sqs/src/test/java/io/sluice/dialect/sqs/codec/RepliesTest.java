package io.sluice.dialect.sqs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.dialect.sqs.json.JsonReader;
import io.sluice.dialect.sqs.json.JsonValue;
import io.sluice.dialect.sqs.protocol.Action;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/// Answers, to the byte.
class RepliesTest {
    private static String json(Action action, Result result) {
        return Asked.text(Replies.encode(Wire.JSON, action, result, "id").body());
    }

    private static String xml(Action action, Result result) {
        return Asked.text(Replies.encode(Wire.QUERY, action, result, "id").body());
    }

    private static Result.Received received(String body) {
        return new Result.Received(
                List.of(
                        new Result.Message(
                                "m",
                                "r",
                                Asked.utf8(body),
                                "5d",
                                Map.of("SentTimestamp", "1"),
                                Map.of(
                                        "b",
                                        new MessageAttribute.Binary(
                                                "Binary", ByteBuffer.wrap(new byte[] {0, -1}))),
                                Optional.of("6e"))));
    }

    @Test
    void aReceivedMessageInBothProtocols() {
        var result = received("a\r\n\"<&>é");
        assertThat(json(Action.RECEIVE_MESSAGE, result))
                .isEqualTo(
                        """
                        {"Messages":[{"MessageId":"m","ReceiptHandle":"r","MD5OfBody":"5d","Body":"a\\r\\n\\"<&>é","Attributes":{"SentTimestamp":"1"},"MD5OfMessageAttributes":"6e","MessageAttributes":{"b":{"BinaryValue":"AP8=","DataType":"Binary"}}}]}""");
        assertThat(xml(Action.RECEIVE_MESSAGE, result))
                .isEqualTo(
                        """
                        <?xml version="1.0"?><ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ReceiveMessageResult><Message><MessageId>m</MessageId><ReceiptHandle>r</ReceiptHandle><MD5OfBody>5d</MD5OfBody><Body>a&#13;
                        &quot;&lt;&amp;&gt;é</Body><Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute><MD5OfMessageAttributes>6e</MD5OfMessageAttributes><MessageAttribute><Name>b</Name><Value><BinaryValue>AP8=</BinaryValue><DataType>Binary</DataType></Value></MessageAttribute></Message></ReceiveMessageResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></ReceiveMessageResponse>""");
    }

    @Test
    void whatIsEmptyIsNotThere() {
        assertThat(json(Action.RECEIVE_MESSAGE, new Result.Received(List.of()))).isEqualTo("{}");
        assertThat(json(Action.LIST_QUEUES, new Result.QueueUrls(List.of(), Optional.empty())))
                .isEqualTo("{}");
        assertThat(json(Action.LIST_QUEUE_TAGS, new Result.Tags(Map.of()))).isEqualTo("{}");
        assertThat(json(Action.GET_QUEUE_ATTRIBUTES, new Result.Attributes(Map.of())))
                .isEqualTo("{}");
        assertThat(xml(Action.RECEIVE_MESSAGE, new Result.Received(List.of())))
                .contains("<ReceiveMessageResult></ReceiveMessageResult>");
    }

    @Test
    void whatIsDoneHasNoResult() {
        assertThat(json(Action.DELETE_QUEUE, new Result.Done())).isEqualTo("{}");
        assertThat(xml(Action.DELETE_QUEUE, new Result.Done()))
                .isEqualTo(
                        """
                        <?xml version="1.0"?><DeleteQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DeleteQueueResponse>""");
    }

    @Test
    void sourcesOfDeadLettersAreWrittenSmallInJsonOnly() {
        var urls = new Result.QueueUrls(List.of("u"), Optional.of("t"));
        assertThat(json(Action.LIST_DEAD_LETTER_SOURCE_QUEUES, urls))
                .isEqualTo("{\"queueUrls\":[\"u\"],\"NextToken\":\"t\"}");
        assertThat(json(Action.LIST_QUEUES, urls))
                .isEqualTo("{\"QueueUrls\":[\"u\"],\"NextToken\":\"t\"}");
        assertThat(xml(Action.LIST_DEAD_LETTER_SOURCE_QUEUES, urls))
                .contains("<QueueUrl>u</QueueUrl><NextToken>t</NextToken>");
    }

    @Test
    void aBatchTellsWhatWentInAndWhatDidNot() {
        var sent =
                new Result.SentBatch(
                        List.of(
                                new BatchEntry<>(
                                        "1",
                                        new Result.Sent(
                                                "m",
                                                "5d",
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of("00000000000000000001")))),
                        List.of(new BatchFailure("2", SqsError.messageTooLong(1024))));
        assertThat(json(Action.SEND_MESSAGE_BATCH, sent))
                .isEqualTo(
                        """
                        {"Successful":[{"Id":"1","MessageId":"m","MD5OfMessageBody":"5d","SequenceNumber":"00000000000000000001"}],"Failed":[{"Id":"2","SenderFault":true,"Code":"InvalidParameterValue","Message":"One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."}]}""");
        assertThat(xml(Action.SEND_MESSAGE_BATCH, sent))
                .contains("<SendMessageBatchResultEntry><Id>1</Id><MessageId>m</MessageId>")
                .contains("<BatchResultErrorEntry><Id>2</Id><SenderFault>true</SenderFault>");
        assertThat(xml(Action.DELETE_MESSAGE_BATCH, new Result.Batch(List.of("1"), List.of())))
                .contains(
                        "<DeleteMessageBatchResultEntry><Id>1</Id></DeleteMessageBatchResultEntry>");
    }

    @Test
    void formsMayBeAnsweredInJson() {
        var request =
                Asked.request(
                        "GET", "/", "Action=ListQueues", Map.of("accept", "application/json"), "");
        assertThat(Wire.of(request)).isEqualTo(Wire.QUERY_TO_JSON);
        var reply =
                Replies.encode(
                        Wire.QUERY_TO_JSON,
                        Action.LIST_QUEUES,
                        new Result.QueueUrls(List.of("u"), Optional.empty()),
                        "id");
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(Asked.text(reply.body()))
                .isEqualTo(
                        """
                        {"ListQueuesResponse":{"ListQueuesResult":{"queueUrls":["u"]},"ResponseMetadata":{"RequestId":"id"}}}""");
    }

    @Test
    void anErrorHasTheNameThatEachProtocolKnows() {
        var json = Replies.encode(Wire.JSON, SqsError.queueDoesNotExist(), "id");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.contentType()).isEqualTo("application/x-amz-json-1.0");
        assertThat(json.headers())
                .containsEntry(
                        "x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")
                .containsEntry("x-amzn-RequestId", "id");
        assertThat(Asked.text(json.body()))
                .isEqualTo(
                        """
                        {"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}""");
        var xml = Replies.encode(Wire.QUERY, SqsError.queueDoesNotExist(), "id");
        assertThat(xml.contentType()).isEqualTo("text/xml");
        assertThat(Asked.text(xml.body()))
                .isEqualTo(
                        """
                        <?xml version="1.0"?><ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error><RequestId>id</RequestId></ErrorResponse>""");
    }

    @Test
    void statusesAreThoseOfTheService() {
        for (var kind : ErrorKind.values()) {
            if (kind.compareTo(ErrorKind.INVALID_ACTION) < 0) {
                assertThat(kind.httpStatus())
                        .isEqualTo(
                                switch (kind) {
                                    case PURGE_QUEUE_IN_PROGRESS -> 403;
                                    case RESOURCE_NOT_FOUND, INVALID_ADDRESS -> 404;
                                    default -> 400;
                                });
            }
        }
    }

    @Test
    void anUnknownOperationIsSaidBriefly() {
        var reply = Replies.encode(Wire.QUERY, new SqsError(ErrorKind.UNKNOWN_OPERATION, ""), "id");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(Asked.text(reply.body())).isEqualTo("<UnknownOperationException/>\n");
    }

    /// A text of legal characters, those that need care among them.
    private static String text(Rng rng) {
        var odd = "\r\n\t\"'<>&\\]]>&#13;é\u2028\ud83d\ude00\ufffd/";
        var text = new StringBuilder();
        for (int i = 1 + rng.below(40); i > 0; i--) {
            if (rng.chance(50)) {
                text.appendCodePoint(odd.codePoints().toArray()[rng.below(22)]);
            } else {
                text.append((char) (' ' + rng.below(95)));
            }
        }
        return text.toString();
    }

    @Test
    void whateverTextIsWrittenIsReadAgainAsTheSame() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var body = text(rng);
                        var result = received(body);
                        var document =
                                DocumentBuilderFactory.newInstance()
                                        .newDocumentBuilder()
                                        .parse(
                                                new InputSource(
                                                        new StringReader(
                                                                xml(
                                                                        Action.RECEIVE_MESSAGE,
                                                                        result))));
                        assertThat(document.getElementsByTagName("Body").item(0).getTextContent())
                                .isEqualTo(body);
                        var direct = ByteBuffer.allocateDirect(1000).put(Asked.utf8(body)).flip();
                        var members =
                                JsonReader.read("{" + Asked.text(one(direct)) + "}").orElseThrow();
                        assertThat(members.get("x")).isEqualTo(new JsonValue.Text(body));
                    });
        }
    }

    private static ByteBuffer one(ByteBuffer utf8) {
        var into = new ByteSink(8);
        new JsonOutput(into, JsonOutput.Naming.JSON).text("x", utf8);
        return into.whole();
    }
}
