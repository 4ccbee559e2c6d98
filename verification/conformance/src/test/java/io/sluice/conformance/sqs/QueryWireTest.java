package io.sluice.conformance.sqs;

import static io.sluice.conformance.sqs.SqsWire.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Query protocol of older clients: forms in, XML out.
@Conformance
class QueryWireTest {
    private static final String MISSING = "http://127.0.0.1/000000000000/there-is-no-such-queue";

    @Test
    void aCallMayBeAPostOrAGetAtTheRootOrAtTheQueue(SqsClients sqs) {
        var url = sqs.queue("forms");
        try (var wire = new SqsWire(sqs.address())) {
            var answers =
                    new SqsWire.Answer[] {
                        wire.query("SendMessage", "QueueUrl", url, "MessageBody", "1"),
                        wire.queryAt(pathOf(url), "SendMessage", "MessageBody", "2"),
                        wire.queryByGet("/", "SendMessage", "QueueUrl", url, "MessageBody", "3"),
                        wire.queryByGet(pathOf(url), "SendMessage", "MessageBody", "4"),
                    };

            for (var answer : answers) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Type")).startsWith("text/xml");
                assertThat(answer.element("MessageId")).isNotEmpty();
                assertThat(answer.element("RequestId")).isNotEmpty();
                assertThat(answer.body())
                        .contains("<SendMessageResponse")
                        .contains("<SendMessageResult>")
                        .contains("<ResponseMetadata>");
            }
        }
        assertThat(SqsClients.bodies(sqs.receiveAll(url, 4)))
                .containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void aRefusalSaysWhoseFaultItIs(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: its type is the shape of JSON");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.query("ReceiveMessage", "QueueUrl", MISSING);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).startsWith("text/xml");
            assertThat(answer.body()).contains("<ErrorResponse").contains("<Error>");
            assertThat(answer.element("Type")).isEqualTo("Sender");
            assertThat(answer.element("Code")).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
            assertThat(answer.element("Message"))
                    .isEqualTo("The specified queue does not exist for this wsdl version.");
            assertThat(answer.element("RequestId")).isNotEmpty();
        }
    }

    @Test
    void aRefusalHasAnEmptyDetail(SqsClients sqs) {
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(wire.query("ReceiveMessage", "QueueUrl", MISSING).body())
                    .containsAnyOf("<Detail/>", "<Detail />", "<Detail></Detail>");
        }
    }

    @Test
    void thereIsNoWhiteSpaceBetweenElements(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: answers are indented");
        var url = sqs.queue("white-space");
        var _ = sqs.send(url, "hello");
        try (var wire = new SqsWire(sqs.address())) {
            for (var answer :
                    new SqsWire.Answer[] {
                        wire.query("ListQueues"),
                        wire.query("ReceiveMessage", "QueueUrl", url, "AttributeName.1", "All"),
                        wire.query("GetQueueAttributes", "QueueUrl", url, "AttributeName.1", "All"),
                        wire.query("ReceiveMessage", "QueueUrl", MISSING),
                    }) {
                assertThat(answer.body().stripTrailing().replaceFirst("<\\?xml[^>]*>\\s*", ""))
                        .doesNotContainPattern(">\\s+<");
            }
        }
    }

    @Test
    void aPlainGetOfAQueueIsAnUnknownOperation(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: 405, without a word");
        var url = sqs.queue("browser");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.send(wire.request(pathOf(url)));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).contains("<UnknownOperationException");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListQueues", "CreateQueue"})
    void whatIsForNoQueueIsNotAskedOfOne(String action, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: the path does not matter");
        var url = sqs.queue("path");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.queryAt(pathOf(url), action, "QueueName", sqs.name("never"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.element("Code")).isEqualTo("InvalidAction");
        }
    }

    @Test
    void whoAcceptsJsonIsGivenTheSameInJson(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: XML whatever is accepted");
        var url = sqs.queue("accept-json");
        try (var wire = new SqsWire(sqs.address())) {
            var request =
                    wire.request(
                                    "/?"
                                            + SqsWire.form(
                                                    "ListQueues",
                                                    "QueueNamePrefix",
                                                    SqsClients.nameOf(url)))
                            .header("Accept", "application/json");
            var answer = wire.send(request);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            var response = answer.json().path("ListQueuesResponse");
            assertThat(response.path("ListQueuesResult").toString()).contains(pathOf(url));
            assertThat(response.path("ResponseMetadata").path("RequestId").asText()).isNotEmpty();
        }
    }

    @Test
    void carriageReturnsAndQuotesSurvive(SqsClients sqs) {
        var url = sqs.queue("white");
        var body = "a\r\nb\rc\nd\t\"e\" 'f' <g> & &amp; ]]> \u20ac \ud83d\ude00";
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(
                            wire.query("SendMessage", "QueueUrl", url, "MessageBody", body)
                                    .element("MD5OfMessageBody"))
                    .isEqualTo(Md5.of(body));
            var received = wire.query("ReceiveMessage", "QueueUrl", url);

            assertThat(received.element("Body"))
                    .as("written so that an XML reader keeps it")
                    .containsPattern("&#(13|x[dD]|x0[dD]);")
                    .doesNotContain("\r");
            assertThat(Xml.text(received.body(), "Body")).isEqualTo(body);
        }
    }

    @Test
    void attributesAreNumberedPairs(SqsClients sqs) {
        var name = sqs.name("numbered");
        try (var wire = new SqsWire(sqs.address())) {
            var created =
                    wire.query(
                            "CreateQueue",
                            "QueueName",
                            name,
                            "Attribute.1.Name",
                            "VisibilityTimeout",
                            "Attribute.1.Value",
                            "77",
                            "Attribute.2.Name",
                            "DelaySeconds",
                            "Attribute.2.Value",
                            "0",
                            "Tag.1.Key",
                            "team",
                            "Tag.1.Value",
                            "payments");
            var url = sqs.removed(created.element("QueueUrl"));
            var attributes =
                    wire.query(
                            "GetQueueAttributes",
                            "QueueUrl",
                            url,
                            "AttributeName.1",
                            "VisibilityTimeout");

            assertThat(attributes.element("Name")).isEqualTo("VisibilityTimeout");
            assertThat(attributes.element("Value")).isEqualTo("77");
            assertThat(attributes.body().split("<Attribute>", -1)).hasSize(2);
            assertThat(wire.query("ListQueueTags", "QueueUrl", url).element("Value"))
                    .isEqualTo("payments");
        }
    }

    @Test
    void messageAttributesAreNumberedToo(SqsClients sqs) {
        var url = sqs.queue("message-attributes");
        try (var wire = new SqsWire(sqs.address())) {
            var sent =
                    wire.query(
                            "SendMessage",
                            "QueueUrl",
                            url,
                            "MessageBody",
                            "hello",
                            "MessageAttribute.1.Name",
                            "count",
                            "MessageAttribute.1.Value.DataType",
                            "Number.int",
                            "MessageAttribute.1.Value.StringValue",
                            "42",
                            "MessageAttribute.2.Name",
                            "blob",
                            "MessageAttribute.2.Value.DataType",
                            "Binary",
                            "MessageAttribute.2.Value.BinaryValue",
                            "AAEC");
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.element("MD5OfMessageAttributes")).hasSize(32);
            var received =
                    wire.query(
                            "ReceiveMessage",
                            "QueueUrl",
                            url,
                            "MessageAttributeName.1",
                            "count",
                            "AttributeName.1",
                            "SentTimestamp");

            assertThat(received.element("MessageAttribute"))
                    .contains("<Name>count</Name>")
                    .contains("<DataType>Number.int</DataType>")
                    .contains("<StringValue>42</StringValue>");
            assertThat(received.body()).doesNotContain("AAEC");
            assertThat(received.element("Attribute")).contains("<Name>SentTimestamp</Name>");
        }
    }

    @Test
    void batchesAreNumberedAsWell(SqsClients sqs) {
        var url = sqs.queue("batch");
        try (var wire = new SqsWire(sqs.address())) {
            var sent =
                    wire.query(
                            "SendMessageBatch",
                            "QueueUrl",
                            url,
                            "SendMessageBatchRequestEntry.1.Id",
                            "one",
                            "SendMessageBatchRequestEntry.1.MessageBody",
                            "1",
                            "SendMessageBatchRequestEntry.2.Id",
                            "two",
                            "SendMessageBatchRequestEntry.2.MessageBody",
                            "2");
            assertThat(sent.body().split("<SendMessageBatchResultEntry>", -1)).hasSize(3);
            var one = sqs.next(url);
            var deleted =
                    wire.query(
                            "DeleteMessageBatch",
                            "QueueUrl",
                            url,
                            "DeleteMessageBatchRequestEntry.1.Id",
                            "gone",
                            "DeleteMessageBatchRequestEntry.1.ReceiptHandle",
                            one.receiptHandle());

            assertThat(deleted.element("DeleteMessageBatchResultEntry")).contains("<Id>gone</Id>");
        }
    }

    @Test
    void anEmptyResultIsAnEmptyElement(SqsClients sqs) {
        var url = sqs.queue("empty");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.query("ReceiveMessage", "QueueUrl", url);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("<Message>");
        }
    }

    @Test
    void anActionThatNobodyKnowsIsInvalid(SqsClients sqs) {
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.query("NoSuchAction");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.element("Code")).isEqualTo("InvalidAction");
        }
    }

    /// So that a client of today and one of ten years ago can share a queue.
    @Test
    void bothProtocolsMeetTheSameMessages(SqsClients sqs) {
        var url = sqs.queue("both");
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(wire.query("SendMessage", "QueueUrl", url, "MessageBody", "xml").status())
                    .isEqualTo(200);
            assertThat(sqs.next(url).body()).isEqualTo("xml");
            var _ = sqs.send(url, "json");
            assertThat(wire.query("ReceiveMessage", "QueueUrl", url).element("Body"))
                    .isEqualTo("json");
        }
    }
}
