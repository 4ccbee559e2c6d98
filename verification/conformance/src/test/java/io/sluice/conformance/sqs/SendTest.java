package io.sluice.conformance.sqs;

import static io.sluice.conformance.sqs.Sends.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What is sent comes as it was, and the sender is told the sums of it.
@Conformance
class SendTest {
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

        var sent = Sends.send(sqs, url, b -> b.messageAttributes(attributes));
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
        var _ = Sends.send(sqs, url, b -> b.messageAttributes(attributes));

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
                                                    .waitTimeSeconds(20)
                                                    .messageAttributeNames(filter.getKey()))
                            .messages()
                            .getFirst();
            assertThat(message.messageAttributes().keySet())
                    .as(filter.getKey())
                    .containsExactlyInAnyOrderElementsOf(filter.getValue());
            var expected = new HashMap<>(attributes);
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
                Sends.send(
                        sqs,
                        url,
                        b ->
                                b.messageSystemAttributes(
                                        Map.of(
                                                MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                                                MessageSystemAttributeValue.builder()
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
    void theGroupOfAStandardQueueComesBack(SqsClients sqs) {
        var url = sqs.queue("fair");
        var _ = Sends.send(sqs, url, b -> b.messageGroupId("tenant!1"));

        assertThat(sqs.next(url).attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant!1");
    }

    /// What Amazon documents: by name, each part behind its length.
    private static String sum(Map<String, MessageAttributeValue> attributes) throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (var one : new TreeMap<>(attributes).entrySet()) {
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

    private static void part(ByteArrayOutputStream bytes, byte[] part) throws IOException {
        bytes.write(ByteBuffer.allocate(4).putInt(part.length).array());
        bytes.write(part);
    }
}
