package io.sluice.conformance.sqs;

import static io.sluice.conformance.sqs.Batches.entry;
import static io.sluice.conformance.sqs.Sends.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// What may be in one message, and how long it may be.
@Conformance
class SendLimitsTest {
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
        var failed = Batches.send(sqs, url, entry("good", "x"), entry("bad", body)).failed();
        assertThat(failed).extracting(BatchResultErrorEntry::id).containsExactly("bad");
        assertThat(failed.getFirst().code()).isEqualTo("InvalidMessageContents");
        assertThat(failed.getFirst().senderFault()).isTrue();
    }

    @Test
    void theLargestMessageIsAMebibyteWithItsAttributes(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("large");
        var body = "x".repeat(Sends.BYTES_MAX - 10);

        var _ =
                Sends.send(
                        sqs,
                        url,
                        b ->
                                b.messageBody(body)
                                        .messageAttributes(
                                                Map.of("abc", attribute("String", "d"))));
        assertThat(sqs.next(url).body()).hasSize(body.length());
        var refused =
                Refused.of(
                        () ->
                                Sends.send(
                                        sqs,
                                        url,
                                        b ->
                                                b.messageBody(body)
                                                        .messageAttributes(
                                                                Map.of(
                                                                        "abc",
                                                                        attribute(
                                                                                "String", "de")))));

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

        var answer = Batches.send(sqs, url, entry("good", "x"), entry("bad", "x".repeat(1_025)));
        assertThat(answer.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactly("good");
        assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("bad");
        assertThat(answer.failed().getFirst().code()).isEqualTo(Refused.PARAMETER);
        assertThat(answer.failed().getFirst().message())
                .contains("Message must be shorter than 1024 bytes.");
    }

    @Test
    void elevenAttributesAreTooMany(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("attributes");
        var eleven = new HashMap<String, MessageAttributeValue>();
        IntStream.range(0, 11).forEach(i -> eleven.put("a" + i, attribute("String", "x")));

        assertThat(Refused.of(() -> Sends.send(sqs, url, b -> b.messageAttributes(eleven))).code())
                .isEqualTo(Refused.PARAMETER);
        eleven.remove("a10");
        var _ = Sends.send(sqs, url, b -> b.messageAttributes(eleven));
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
                                                    Sends.send(
                                                            sqs,
                                                            url,
                                                            b ->
                                                                    b.messageAttributes(
                                                                            Map.of("a", wrong))))
                                    .code())
                    .as(wrong.toString())
                    .isEqualTo(Refused.PARAMETER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 901})
    void aDelayIsWithinAQuarterOfAnHour(int seconds, SqsClients sqs) {
        var url = sqs.queue("delay");

        assertThat(Refused.of(() -> Sends.send(sqs, url, b -> b.delaySeconds(seconds))).code())
                .isEqualTo(Refused.PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\u00e4", "129"})
    void aGroupIsCheckedOnStandardQueuesToo(String hint, SqsClients sqs) {
        var url = sqs.queue("groups");
        var group = hint.equals("129") ? "g".repeat(129) : hint;

        assertThat(Refused.of(() -> Sends.send(sqs, url, b -> b.messageGroupId(group))).code())
                .isEqualTo(Refused.PARAMETER);
    }
}
