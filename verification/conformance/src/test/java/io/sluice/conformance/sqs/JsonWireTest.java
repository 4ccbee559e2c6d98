package io.sluice.conformance.sqs;

import static io.sluice.conformance.sqs.SqsWire.names;
import static io.sluice.conformance.sqs.SqsWire.pathOf;
import static io.sluice.conformance.sqs.SqsWire.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.sqs.SqsWire.Answer;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/// The AWS JSON 1.0 protocol byte by byte.
@Conformance
class JsonWireTest {
    private static final String MISSING =
            "{\"QueueUrl\":\"http://127.0.0.1/000000000000/there-is-no-such-queue\"}";

    @Test
    void anAnswerIsAmazonsJson(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: application/json");
        var url = sqs.queue("json");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.json("SendMessage", send(url, "hello"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
            assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
            assertThat(names(answer.json()))
                    .containsExactlyInAnyOrder("MD5OfMessageBody", "MessageId");
            assertThat(answer.json().path("MD5OfMessageBody").asText())
                    .isEqualTo("5d41402abc4b2a76b9719d911017c592");
        }
    }

    /// The PHP SDK posts there.
    @Test
    void soIsOneToThePathOfTheQueue(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: application/json");
        var url = sqs.queue("json");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.jsonAt(pathOf(url), "SendMessage", send(url, "hello"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
            assertThat(answer.json().has("MessageId")).isTrue();
        }
    }

    @Test
    void theQueueIsTheOneOfTheBodyNotOfThePath(SqsClients sqs) {
        var url = sqs.queue("of-the-body");
        var other = sqs.queue("of-the-path");
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(wire.jsonAt(pathOf(other), "SendMessage", send(url, "hello")).status())
                    .isEqualTo(200);
        }
        assertThat(sqs.next(url).body()).isEqualTo("hello");
        assertThat(sqs.receive(other, 1)).isEmpty();
    }

    @Test
    void aRefusalNamesItsShapeAndTheCodeOfTheQueryProtocol(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: application/json");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.json("ReceiveMessage", MISSING);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
            assertThat(answer.header("x-amzn-query-error"))
                    .isEqualTo("AWS.SimpleQueueService.NonExistentQueue;Sender");
            assertThat(answer.json().path("__type").asText())
                    .isEqualTo("com.amazonaws.sqs#QueueDoesNotExist");
            assertThat(answer.json().path("message").asText())
                    .isEqualTo("The specified queue does not exist.");
        }
    }

    @Test
    void everyRefusalHasItsShapeAndItsCode(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: the shape in place of the code");
        var url = sqs.queue("refusals");
        var urlField = "\"QueueUrl\":" + quoted(url);
        var entry = "{\"Id\":\"a\",\"MessageBody\":\"x\"}";
        try (var wire = new SqsWire(sqs.address())) {
            refused(
                    wire.json(
                            "CreateQueue",
                            "{\"QueueName\":"
                                    + quoted(SqsClients.nameOf(url))
                                    + ",\"Attributes\":{\"VisibilityTimeout\":\"77\"}}"),
                    "QueueNameExists",
                    "QueueAlreadyExists");
            refused(
                    wire.json("SendMessageBatch", "{" + urlField + ",\"Entries\":[]}"),
                    "EmptyBatchRequest",
                    "AWS.SimpleQueueService.EmptyBatchRequest");
            refused(
                    wire.json(
                            "SendMessageBatch",
                            "{" + urlField + ",\"Entries\":[" + entry + "," + entry + "]}"),
                    "BatchEntryIdsNotDistinct",
                    "AWS.SimpleQueueService.BatchEntryIdsNotDistinct");
            refused(
                    wire.json(
                            "SendMessageBatch",
                            "{"
                                    + urlField
                                    + ",\"Entries\":[{\"Id\":\"a b\",\"MessageBody\":\"x\"}]}"),
                    "InvalidBatchEntryId",
                    "AWS.SimpleQueueService.InvalidBatchEntryId");
            refused(
                    wire.json("DeleteMessage", "{" + urlField + ",\"ReceiptHandle\":\"garbage\"}"),
                    "ReceiptHandleIsInvalid",
                    "ReceiptHandleIsInvalid");
            refused(
                    wire.json(
                            "CreateQueue",
                            "{\"QueueName\":"
                                    + quoted(sqs.name("never"))
                                    + ",\"Attributes\":{\"NoSuchAttribute\":\"1\"}}"),
                    "InvalidAttributeName",
                    "InvalidAttributeName");
            refused(
                    wire.json("SendMessage", "{" + urlField + ",\"MessageBody\":\"\\u0001\"}"),
                    "InvalidMessageContents",
                    "InvalidMessageContents");
        }
    }

    @Test
    void refusalsWithoutAShapeOfTheirOwnAreNamedLikeTheirCodes(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: the shape is named as its code is");
        var url = sqs.queue("refusals");
        try (var wire = new SqsWire(sqs.address())) {
            refused(
                    wire.json(
                            "ReceiveMessage",
                            "{\"QueueUrl\":" + quoted(url) + ",\"MaxNumberOfMessages\":11}"),
                    "InvalidParameterValueException",
                    "InvalidParameterValue");
            refused(
                    wire.json(
                            "SendMessage",
                            "{\"QueueUrl\":" + quoted(url) + ",\"MessageBody\":\"\"}"),
                    "MissingRequiredParameterException",
                    "MissingParameter");
        }
    }

    /// The one refusal that is a 404.
    @Test
    void aMoveTaskThatIsNotThereIsNotFound(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: 400");
        // Base64 of {"taskId":"...","sourceArn":"arn:aws:sqs:us-east-1:000000000000:none"}.
        var handle =
                "eyJ0YXNrSWQiOiJkYzE2OWMwYS0yNDZkLTRjODQtYWRkMS03YjZlN2I1ZTlkYzQiLCJzb3VyY2VBcm4iOiJhcm46"
                        + "YXdzOnNxczp1cy1lYXN0LTE6MDAwMDAwMDAwMDAwOm5vbmUifQ==";
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.json("CancelMessageMoveTask", "{\"TaskHandle\":\"" + handle + "\"}");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("__type").asText())
                    .isEqualTo("com.amazonaws.sqs#ResourceNotFoundException");
            assertThat(answer.header("x-amzn-query-error"))
                    .isEqualTo("ResourceNotFoundException;Sender");
        }
    }

    @Test
    void whatIsEmptyIsLeftOut(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: empty lists");
        var url = sqs.queue("empty");
        var queue = "{\"QueueUrl\":" + quoted(url) + "}";
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(wire.json("ReceiveMessage", queue).json().toString()).isEqualTo("{}");
            assertThat(wire.json("ListQueueTags", queue).json().toString()).isEqualTo("{}");
            assertThat(wire.json("GetQueueAttributes", queue).json().toString()).isEqualTo("{}");
            assertThat(
                            wire.json(
                                            "ListQueues",
                                            "{\"QueueNamePrefix\":\"there-is-no-such-prefix\"}")
                                    .json()
                                    .toString())
                    .isEqualTo("{}");
            assertThat(
                            names(
                                    wire.json(
                                                    "GetQueueAttributes",
                                                    "{\"QueueUrl\":"
                                                            + quoted(url)
                                                            + ",\"AttributeNames\":[\"All\"]}")
                                            .json()
                                            .path("Attributes")))
                    .doesNotContain("Policy", "RedrivePolicy");
        }
    }

    @Test
    void aMessageHasNoAttributesUnlessItWasSentWithSome(SqsClients sqs) {
        var url = sqs.queue("plain");
        var _ = sqs.send(url, "hello");
        try (var wire = new SqsWire(sqs.address())) {
            var message =
                    wire.json("ReceiveMessage", "{\"QueueUrl\":" + quoted(url) + "}")
                            .json()
                            .path("Messages")
                            .path(0);

            assertThat(names(message))
                    .containsExactlyInAnyOrder("Body", "MD5OfBody", "MessageId", "ReceiptHandle");
        }
    }

    @Test
    void theHostOfAQueuesUrlIsTheOneOfTheRequest(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: the host that it was configured with");
        var name = SqsClients.nameOf(sqs.queue("host"));
        var port = sqs.address().port();
        try (var wire = new SqsWire(sqs.address())) {
            for (var host : new String[] {"127.0.0.1", "localhost"}) {
                var request =
                        wire.request("/")
                                .uri(java.net.URI.create("http://" + host + ":" + port + "/"))
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header("X-Amz-Target", "AmazonSQS.GetQueueUrl")
                                .POST(BodyPublishers.ofString("{\"QueueName\":\"" + name + "\"}"));
                assertThat(wire.send(request).json().path("QueueUrl").asText())
                        .startsWith("http://" + host + ":" + port + "/")
                        .endsWith("/" + name);
            }
        }
    }

    @Test
    void theHostOfAQueuesUrlDoesNotMatter(SqsClients sqs) {
        var url = sqs.queue("any-host");
        var elsewhere = "http://sqs.eu-west-1.example.com" + pathOf(url);
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(wire.json("SendMessage", send(elsewhere, "hello")).status()).isEqualTo(200);
        }
        assertThat(sqs.next(url).body()).isEqualTo("hello");
    }

    @Test
    void aBareNameStandsForTheQueuesUrl(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: 400");
        var url = sqs.queue("bare");
        try (var wire = new SqsWire(sqs.address())) {
            assertThat(wire.json("SendMessage", send(SqsClients.nameOf(url), "hello")).status())
                    .isEqualTo(200);
        }
        assertThat(sqs.next(url).body()).isEqualTo("hello");
    }

    @Test
    void sourcesOfDeadLettersHaveALowerCaseKey(SqsClients sqs) {
        var letters = sqs.queue("letters");
        var source = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 3));
        try (var wire = new SqsWire(sqs.address())) {
            var answer =
                    wire.json(
                            "ListDeadLetterSourceQueues", "{\"QueueUrl\":" + quoted(letters) + "}");

            assertThat(answer.json().path("queueUrls").path(0).asText()).endsWith(pathOf(source));
        }
    }

    @Test
    void anActionThatNobodyKnowsIsRefused(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: it names no such shape");
        try (var wire = new SqsWire(sqs.address())) {
            var answer = wire.json("NoSuchAction", "{}");

            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.json().path("__type").asText()).endsWith("UnknownOperationException");
        }
    }

    @Test
    void whatIsNoJsonIsRefused(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ: 500");
        try (var wire = new SqsWire(sqs.address())) {
            for (var noise :
                    new String[] {"{\"QueueUrl\":", "[]", "", "null", "{\"QueueName\":7}"}) {
                assertThat(wire.json("CreateQueue", noise).status()).isEqualTo(400);
            }
        }
    }

    private static String send(String url, String body) {
        return "{\"QueueUrl\":" + quoted(url) + ",\"MessageBody\":" + quoted(body) + "}";
    }

    private static void refused(Answer answer, String shape, String code) {
        assertThat(answer.json().path("__type").asText()).isEqualTo("com.amazonaws.sqs#" + shape);
        assertThat(answer.header("x-amzn-query-error")).isEqualTo(code + ";Sender");
        assertThat(answer.status()).isEqualTo(400);
    }
}
