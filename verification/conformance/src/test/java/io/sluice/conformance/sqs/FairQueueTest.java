package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The group of a message on a standard queue is its tenant.
@Conformance
class FairQueueTest {
    @Test
    void aNoisyTenantDoesNotStarveTheOthers(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ gives messages in the order in which they came");
        var url = sqs.queue("fair", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600"));
        for (var batch = 0; batch < 100; batch++) {
            send(sqs, url, batch, "noisy");
        }
        send(sqs, url, 100, "quiet");

        var seen = new ArrayList<String>();
        while (seen.size() < 200) {
            for (var message :
                    sqs.receive(url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(1))) {
                seen.add(message.body());
            }
        }

        assertThat(seen.stream().filter(body -> body.equals("quiet")).count())
                .as("of 200 received while 1,000 of the noisy one wait in front")
                .isEqualTo(10);
    }

    private static void send(SqsClients sqs, String url, int batch, String tenant) {
        var entries =
                IntStream.range(0, 10)
                        .mapToObj(
                                i ->
                                        SendMessageBatchRequestEntry.builder()
                                                .id(batch + "-" + i)
                                                .messageBody(tenant)
                                                .messageGroupId(tenant)
                                                .build())
                        .toList();
        var _ = sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries));
    }
}
