package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ServedWith;
import io.sluice.conformance.support.SqsClients;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What Amazon allows once in 60 seconds, and Sluice at any time, unless it is told to be as strict.
@Conformance
class SixtySecondsTest {
    @Test
    @ServedWith({"--sqs-purge-waits", "true"})
    void aQueueIsPurgedOnce(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.queue("strict");
        var another = sqs.queue("another");
        sqs.sendEach(url, "a");
        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));
        sqs.sendEach(url, "b");

        var refused = Refused.of(() -> sqs.client().purgeQueue(b -> b.queueUrl(url)));

        assertThat(refused)
                .isEqualTo(
                        new Refused(
                                "AWS.SimpleQueueService.PurgeQueueInProgress",
                                "Only one PurgeQueue operation on "
                                        + SqsClients.nameOf(url)
                                        + " is allowed every 60 seconds.",
                                403));
        assertThat(sqs.next(url).body()).isEqualTo("b");
        var _ = sqs.client().purgeQueue(b -> b.queueUrl(another));
        recreated(sqs);
    }

    @Test
    @ServedWith({"--sqs-delete-waits", "true"})
    void aNameIsTakenOnce(BrokerProcess broker, SqsClients sqs) {
        var url = sqs.queue("strict");
        var _ = sqs.client().deleteQueue(b -> b.queueUrl(url));

        var refused = Refused.of(() -> sqs.created(SqsClients.nameOf(url), Map.of()));

        assertThat(refused)
                .isEqualTo(
                        new Refused(
                                "AWS.SimpleQueueService.QueueDeletedRecently",
                                "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
                                400));
        purgedTwice(sqs, sqs.queue("another"));
    }

    @Test
    void neitherHoldsUnlessAskedFor(SqsClients sqs) {
        recreated(sqs);
        purgedTwice(sqs, sqs.queue("lenient"));
    }

    private static void recreated(SqsClients sqs) {
        var url = sqs.queue("again");
        sqs.sendEach(url, "old");
        var _ = sqs.client().deleteQueue(b -> b.queueUrl(url));
        assertThat(sqs.created(SqsClients.nameOf(url), Map.of())).isEqualTo(url);
        assertThat(sqs.receive(url, 10)).as("it is another queue").isEmpty();
    }

    private static void purgedTwice(SqsClients sqs, String url) {
        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));
        sqs.sendEach(url, "a");
        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));
        assertThat(sqs.receive(url, 10)).isEmpty();
    }
}
