package io.sluice.conformance.sqs;

import static io.sluice.conformance.sqs.Batches.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// Messages that are sent together.
@Conformance
class SendBatchTest {
    @Test
    void aBatchComesBackInItsOrder(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("ordered");
        var entries =
                IntStream.range(0, 10)
                        .mapToObj(i -> entry("id-" + i, "body " + i))
                        .toArray(SendMessageBatchRequestEntry[]::new);

        var answer = Batches.send(sqs, url, entries);

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

        var tooMany = Refused.of(() -> Batches.send(sqs, url, many));
        assertThat(tooMany.code()).isEqualTo("AWS.SimpleQueueService.TooManyEntriesInBatchRequest");
        assertThat(tooMany.text())
                .isEqualTo("Maximum number of entries per request are 10. You have sent 20.");
        assertThat(Refused.of(() -> Batches.send(sqs, url)).code())
                .isEqualTo("AWS.SimpleQueueService.EmptyBatchRequest");
        assertThat(
                        Refused.of(() -> Batches.send(sqs, url, entry("a", "x"), entry("a", "y")))
                                .code())
                .isEqualTo("AWS.SimpleQueueService.BatchEntryIdsNotDistinct");
        assertThat(Batches.send(sqs, url, entry("Az09_-".repeat(13) + "ab", "x")).successful())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "\u00e4", "81"})
    void anIdWithinABatchIsOfLettersDigitsHyphensAndUnderscores(String hint, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("ids");
        var id = hint.equals("81") ? "i".repeat(81) : hint;
        var code = "AWS.SimpleQueueService.InvalidBatchEntryId";

        assertThat(Refused.of(() -> Batches.send(sqs, url, entry(id, "x"))).code()).isEqualTo(code);
        assertThat(Refused.of(() -> Batches.delete(sqs, url, Map.of(id, "x"))).code())
                .isEqualTo(code);
        assertThat(Refused.of(() -> Batches.hide(sqs, url, 1, Map.of(id, "x"))).code())
                .isEqualTo(code);
    }

    @Test
    void aBatchMayHaveAMebibyteInAll(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeValue");
        var url = sqs.queue("batch");
        var half = "x".repeat(Sends.BYTES_MAX / 2);

        assertThat(Batches.send(sqs, url, entry("a", half), entry("b", half)).successful())
                .hasSize(2);
        assertThat(
                        Refused.of(
                                        () ->
                                                Batches.send(
                                                        sqs,
                                                        url,
                                                        entry("a", half),
                                                        entry("b", half + "x")))
                                .code())
                .isEqualTo("AWS.SimpleQueueService.BatchRequestTooLong");
    }
}
