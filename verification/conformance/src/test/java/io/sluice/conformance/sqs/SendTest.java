package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// What may be sent, and what the sender is told.
@Conformance
class SendTest {
    private static final int LARGEST = 1_048_576;

    @Test
    void aBodyComesAsItWasSent(SqsClients sqs) {
        var url = sqs.queue("bodies");
        for (var body :
                List.of(
                        "plain",
                        " blanks ",
                        "a\r\nb\tc",
                        "\"quoted\" \\ 'single'",
                        "<xml>&amp;</xml>",
                        "\u20ac \ud83d\ude00 \ud7ff\ue000\ufffd")) {
            var sent = sqs.client().sendMessage(b -> b.queueUrl(url).messageBody(body));
            assertThat(sent.md5OfMessageBody()).isEqualTo(Md5.of(body));
            var message = sqs.next(url);
            assertThat(message.body()).isEqualTo(body);
            assertThat(message.md5OfBody()).isEqualTo(Md5.of(body));
            assertThat(message.messageId()).isEqualTo(sent.messageId());
            sqs.delete(url, message);
        }
    }

    @Test
    void attributesComeAsTheyWereSentWithTheirSum(SqsClients sqs) throws Exception {
        var url = sqs.queue("attributes");
        var attributes =
                Map.of(
                        "text", attribute("String", "a\u20ac"),
                        "custom.text", attribute("String.uri", "x"),
                        "count", attribute("Number.int", "42"),
                        "blob",
                                MessageAttributeValue.builder()
                                        .dataType("Binary.png")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {0, -1, 13}))
                                        .build());
        var sum = sum(attributes);

        var sent =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody("x")
                                                .messageAttributes(attributes));
        assertThat(sent.md5OfMessageAttributes()).isEqualTo(sum);
        assertThat(sent.md5OfMessageSystemAttributes()).isNull();
        var message = sqs.next(url);

        assertThat(message.messageAttributes()).isEqualTo(attributes);
        assertThat(message.md5OfMessageAttributes()).isEqualTo(sum);
    }

    @Test
    void theSumIsOfTheAttributesAskedForOnly(SqsClients sqs) throws Exception {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("filtered", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0"));
        var attributes =
                Map.of(
                        "app.one", attribute("String", "1"),
                        "app.two", attribute("String", "2"),
                        "other", attribute("String", "3"));
        var _ =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody("x")
                                                .messageAttributes(attributes));

        for (var filter :
                Map.of(
                                "All", List.of("app.one", "app.two", "other"),
                                ".*", List.of("app.one", "app.two", "other"),
                                "app.*", List.of("app.one", "app.two"),
                                "other", List.of("other"),
                                "none", List.<String>of())
                        .entrySet()) {
            var message =
                    sqs.client()
                            .receiveMessage(
                                    b ->
                                            b.queueUrl(url)
                                                    .waitTimeSeconds(5)
                                                    .messageAttributeNames(filter.getKey()))
                            .messages()
                            .getFirst();
            assertThat(message.messageAttributes().keySet())
                    .as(filter.getKey())
                    .containsExactlyInAnyOrderElementsOf(filter.getValue());
            var expected = new java.util.HashMap<>(attributes);
            expected.keySet().retainAll(filter.getValue());
            if (expected.isEmpty()) {
                assertThat(message.md5OfMessageAttributes()).isNull();
            } else {
                assertThat(message.md5OfMessageAttributes())
                        .as(filter.getKey())
                        .isEqualTo(sum(expected));
            }
        }
    }

    @Test
    void theTraceHeaderHasASumOfItsOwn(SqsClients sqs) throws Exception {
        Promises.ofSluiceOnly("ElasticMQ answers null");
        var url = sqs.queue("trace");
        var trace = "Root=1-5759e988-bd862e3fe1be46a994272793";

        var sent =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody("x")
                                                .messageSystemAttributes(
                                                        Map.of(
                                                                MessageSystemAttributeNameForSends
                                                                        .AWS_TRACE_HEADER,
                                                                MessageSystemAttributeValue
                                                                        .builder()
                                                                        .dataType("String")
                                                                        .stringValue(trace)
                                                                        .build())));
        assertThat(sent.md5OfMessageSystemAttributes())
                .isEqualTo(sum(Map.of("AWSTraceHeader", attribute("String", trace))));
        assertThat(sent.md5OfMessageAttributes()).isNull();

        assertThat(sqs.next(url).attributes())
                .containsEntry(MessageSystemAttributeName.AWS_TRACE_HEADER, trace);
    }

    @Test
    void anEmptyBodyIsMissing(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("empty");

        assertThat(Refused.of(() -> sqs.send(url, "")).code()).isEqualTo(Refused.MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0001", "\u000b", "\u001f", "\ufffe", "\uffff"})
    void aCharacterThatXmlDoesNotKnowIsRefused(String body, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("characters");

        assertThat(Refused.of(() -> sqs.send(url, body)).code())
                .isEqualTo("InvalidMessageContents");
        var failed = batch(sqs, url, entry("good", "x"), entry("bad", body)).failed();
        assertThat(failed).extracting(BatchResultErrorEntry::id).containsExactly("bad");
        assertThat(failed.getFirst().code()).isEqualTo("InvalidMessageContents");
        assertThat(failed.getFirst().senderFault()).isTrue();
    }

    @Test
    void theLargestMessageIsAMebibyteWithItsAttributes(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("large");
        var body = "x".repeat(LARGEST - 10);

        var _ =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody(body)
                                                .messageAttributes(
                                                        Map.of("abc", attribute("String", "d"))));
        assertThat(sqs.next(url).body()).hasSize(body.length());
        var refused =
                Refused.of(
                        () ->
                                sqs.client()
                                        .sendMessage(
                                                b ->
                                                        b.queueUrl(url)
                                                                .messageBody(body)
                                                                .messageAttributes(
                                                                        Map.of(
                                                                                "abc",
                                                                                attribute(
                                                                                        "String",
                                                                                        "de")))));

        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text()).contains("Message must be shorter than 1048576 bytes.");
    }

    @Test
    void theQueueMayAllowLess(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("small", Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024"));

        assertThat(sqs.send(url, "x".repeat(1_024))).isNotEmpty();
        var refused = Refused.of(() -> sqs.send(url, "x".repeat(1_025)));
        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text()).contains("Message must be shorter than 1024 bytes.");

        var answer = batch(sqs, url, entry("good", "x"), entry("bad", "x".repeat(1_025)));
        assertThat(answer.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactly("good");
        assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("bad");
        assertThat(answer.failed().getFirst().code()).isEqualTo(Refused.PARAMETER);
        assertThat(answer.failed().getFirst().message())
                .contains("Message must be shorter than 1024 bytes.");
    }

    @Test
    void aBatchMayHaveAMebibyteInAll(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("batch");
        var half = "x".repeat(LARGEST / 2);

        assertThat(batch(sqs, url, entry("a", half), entry("b", half)).successful()).hasSize(2);
        assertThat(
                        Refused.of(() -> batch(sqs, url, entry("a", half), entry("b", half + "x")))
                                .code())
                .isEqualTo("AWS.SimpleQueueService.BatchRequestTooLong");
    }

    @Test
    void aBatchComesBackInItsOrder(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("ordered");
        var entries =
                IntStream.range(0, 10)
                        .mapToObj(i -> entry("id-" + i, "body " + i))
                        .toArray(SendMessageBatchRequestEntry[]::new);

        var answer = batch(sqs, url, entries);

        assertThat(answer.failed()).isEmpty();
        assertThat(answer.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(entries).stream().map(SendMessageBatchRequestEntry::id).toList());
        assertThat(SqsClients.bodies(sqs.receive(url, 10)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "body " + i).toList());
    }

    @Test
    void aBatchHasOneToTenEntriesWithIdsOfTheirOwn(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers TooManyEntriesInBatchRequest");
        var url = sqs.queue("batch");
        var many =
                IntStream.range(0, 20)
                        .mapToObj(i -> entry("id-" + i, "x"))
                        .toArray(SendMessageBatchRequestEntry[]::new);

        var tooMany = Refused.of(() -> batch(sqs, url, many));
        assertThat(tooMany.code()).isEqualTo("AWS.SimpleQueueService.TooManyEntriesInBatchRequest");
        assertThat(tooMany.text())
                .isEqualTo("Maximum number of entries per request are 10. You have sent 20.");
        assertThat(Refused.of(() -> batch(sqs, url)).code())
                .isEqualTo("AWS.SimpleQueueService.EmptyBatchRequest");
        assertThat(Refused.of(() -> batch(sqs, url, entry("a", "x"), entry("a", "y"))).code())
                .isEqualTo("AWS.SimpleQueueService.BatchEntryIdsNotDistinct");
        assertThat(batch(sqs, url, entry("Az09_-".repeat(13) + "ab", "x")).successful()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "\u00e4", "81"})
    void anIdWithinABatchIsOfLettersDigitsHyphensAndUnderscores(String hint, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("ids");
        var id = hint.equals("81") ? "i".repeat(81) : hint;
        var code = "AWS.SimpleQueueService.InvalidBatchEntryId";

        assertThat(Refused.of(() -> batch(sqs, url, entry(id, "x"))).code()).isEqualTo(code);
        assertThat(Refused.of(() -> Batches.delete(sqs, url, Map.of(id, "x"))).code())
                .isEqualTo(code);
        assertThat(Refused.of(() -> Batches.hide(sqs, url, 1, Map.of(id, "x"))).code())
                .isEqualTo(code);
    }

    @Test
    void elevenAttributesAreTooMany(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("attributes");
        var eleven = new java.util.HashMap<String, MessageAttributeValue>();
        IntStream.range(0, 11).forEach(i -> eleven.put("a" + i, attribute("String", "x")));

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .sendMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .messageBody("x")
                                                                                .messageAttributes(
                                                                                        eleven)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
        eleven.remove("a10");
        var _ =
                sqs.client()
                        .sendMessage(
                                b -> b.queueUrl(url).messageBody("x").messageAttributes(eleven));
        assertThat(sqs.next(url).messageAttributes()).hasSize(10);
    }

    @Test
    void anAttributeWithoutAValueIsRefused(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("attributes");
        for (var wrong :
                List.of(
                        attribute("String", ""),
                        attribute("Number", "many"),
                        attribute("Unknown", "x"))) {
            assertThat(
                            Refused.of(
                                            () ->
                                                    sqs.client()
                                                            .sendMessage(
                                                                    b ->
                                                                            b.queueUrl(url)
                                                                                    .messageBody(
                                                                                            "x")
                                                                                    .messageAttributes(
                                                                                            Map.of(
                                                                                                    "a",
                                                                                                    wrong))))
                                    .code())
                    .as(wrong.toString())
                    .isEqualTo(Refused.PARAMETER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 901})
    void aDelayIsWithinAQuarterOfAnHour(int seconds, SqsClients sqs) {
        var url = sqs.queue("delay");

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .sendMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .messageBody("x")
                                                                                .delaySeconds(
                                                                                        seconds)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\u00e4", "129"})
    void aGroupIsCheckedOnStandardQueuesToo(String hint, SqsClients sqs) {
        var url = sqs.queue("groups");
        var group = hint.equals("129") ? "g".repeat(129) : hint;

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .sendMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .messageBody("x")
                                                                                .messageGroupId(
                                                                                        group)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @Test
    void theGroupOfAStandardQueueComesBack(SqsClients sqs) {
        var url = sqs.queue("fair");
        var _ =
                sqs.client()
                        .sendMessage(
                                b -> b.queueUrl(url).messageBody("x").messageGroupId("tenant!1"));

        assertThat(sqs.next(url).attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant!1");
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    private static software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse batch(
            SqsClients sqs, String url, SendMessageBatchRequestEntry... entries) {
        return sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries));
    }

    /// What Amazon documents: by name, each part behind its length.
    private static String sum(Map<String, MessageAttributeValue> attributes) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        for (var one : new java.util.TreeMap<>(attributes).entrySet()) {
            part(bytes, one.getKey().getBytes(StandardCharsets.UTF_8));
            part(bytes, one.getValue().dataType().getBytes(StandardCharsets.UTF_8));
            var binary = one.getValue().binaryValue();
            bytes.write(binary == null ? 1 : 2);
            part(
                    bytes,
                    binary == null
                            ? one.getValue().stringValue().getBytes(StandardCharsets.UTF_8)
                            : binary.asByteArray());
        }
        return Md5.of(bytes.toByteArray());
    }

    private static void part(java.io.ByteArrayOutputStream bytes, byte[] part)
            throws java.io.IOException {
        bytes.write(ByteBuffer.allocate(4).putInt(part.length).array());
        bytes.write(part);
    }
}
