package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A queue whose receives stop when what is received fails.
@Conformance
class BreakerTest {
    private static final long OPEN_MILLIS = 2_500;

    @BeforeEach
    void onlySluiceHasBreakers() {
        Promises.ofSluiceOnly("nobody else has breakers");
    }

    @Test
    void receivesAreEmptyWhileItIsOpenThenAProbeComesThenAll(AmqpClients amqp, SqsClients sqs)
            throws Exception {
        var queue =
                amqp.queue(
                        "breaking",
                        Map.of(
                                "x-sluice-breaker-failure-percent", 100,
                                "x-sluice-breaker-minimum-calls", 2,
                                "x-sluice-breaker-open-ms", OPEN_MILLIS,
                                "x-sluice-breaker-probes", 1));
        var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();
        sqs.sendEach(url, "a", "b", "c");
        var held = sqs.receiveAll(url, 3);

        long opened = System.nanoTime();
        sqs.hide(url, held.get(0), 0);
        sqs.hide(url, held.get(1), 0);
        sqs.sendEach(url, "d");
        assertThat(sqs.receive(url, 10)).isEmpty();
        assertThat(sqs.receive(url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(1))).isEmpty();

        var probes = sqs.receive(url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(20));
        assertThat((System.nanoTime() - opened) / 1_000_000).isGreaterThanOrEqualTo(OPEN_MILLIS);
        assertThat(SqsClients.bodies(probes)).hasSize(1);
        assertThat(sqs.receive(url, 10)).as("one probe at a time").isEmpty();
        sqs.delete(url, probes.getFirst());
        assertThat(SqsClients.bodies(sqs.receiveAll(url, 2))).hasSize(2);
    }
}
