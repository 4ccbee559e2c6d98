package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.policy.PushPolicy;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Settlement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an endpoint's answers do to the message, and to the requests behind it.
final class EndpointAnswersTest extends EndpointBench {
    EndpointAnswersTest(@TempDir Path directory) throws IOException {
        super(directory);
        answers.release(1_000);
    }

    @Test
    void whatFailedIsPostedAgainWithItsAttemptCounted() {
        var endpoint = endpoint(answering("/500"), 1);
        running.publish(part(0), "m");

        await(() -> running.status(part(0)).delayed() == 1);

        assertThat(requests)
                .extracting(one -> one.header("Sluice-Attempt"))
                .containsExactly("1", "2");
        assertThat(queues.settled()).isEqualTo(Map.of("0/0", failed(Settlement.AS_POLICY, 500)));
        assertThat(look(endpoint).lastFailure()).contains(new Failure("http_500", ""));
        assertThat(look(endpoint).limit()).as("nothing is known").isEqualTo(4);
    }

    @Test
    void anEndpointThatDoesWhatItGetsGetsMore() {
        var endpoint = endpoint(answering("/200"), 1);
        running.publish(part(0), "m");

        await(() -> running.status(part(0)).acknowledged() == 1);

        assertThat(look(endpoint).limit()).isEqualTo(5);
    }

    @Test
    void anEndpointWithTooMuchToDoGetsHalfAsMuch() {
        var endpoint = endpoint(answering("/503"), 1);
        running.publish(part(0), "m");

        await(() -> running.status(part(0)).delayed() == 1);

        assertThat(look(endpoint).limit()).as("after two tries").isEqualTo(1);
    }

    @Test
    void whatIsNotAnsweredInTimeIsGivenBack() {
        answers.drainPermits();
        var endpoint = endpoint(policy(50, 16), 1);
        running.publish(part(0), "m");

        await(() -> running.status(part(0)).delayed() == 1);

        assertThat(look(endpoint).answers()).isEqualTo(Map.of("timeout", 2L));
        assertThat(look(endpoint).limit()).isEqualTo(1);
    }

    @Test
    void anEndpointThatWantsQuietGetsNothingForFiveMinutesAtMost() {
        long before = System.currentTimeMillis();
        var endpoint = endpoint(answering("/429/7200"), 1);
        running.publish(part(0), "m");
        await(() -> running.status(part(0)).delayed() == 1);
        long after = System.currentTimeMillis();

        assertThat(queues.settled()).isEqualTo(Map.of("0/0", failed(7_200_000, 429)));
        assertThat(look(endpoint).pausedUntilMillis()).isBetween(before + 300_000, after + 300_000);
        int asked = queues.asked().size();
        running.publish(part(0), "behind");
        follow(endpoint, answering("/200"), 1);
        assertThat(queues.asked()).as("not even asked for").hasSize(asked);
        assertThat(requests).hasSize(1);
    }

    @Test
    void whatComesWhileAnEndpointWantsQuietIsGivenBackUntouched() {
        var endpoint = endpoint(answering("/429/7200"), 2);
        await(() -> queues.asked().size() == 2);
        running.publish(part(0), "m");
        await(() -> running.status(part(0)).delayed() == 1);
        running.publish(part(1), "behind");

        await(() -> queues.settled().size() == 2);

        assertThat(queues.settled().get("1/0")).isEqualTo(Settlement.UNTOUCHED);
        assertThat(look(endpoint).inFlight()).isZero();
        assertThat(requests).hasSize(1);
    }

    @Test
    void afterTheQuietItGoesOnByItself() {
        // With room for one only nothing is asked for while it is quiet.
        var one = new PushPolicy(url("/429/1"), List.of(), TIMEOUT_MILLIS, 1, Set.of());
        var endpoint = endpoint(one, 1);
        long begun = System.nanoTime();
        running.publish(part(0), "m");

        await(() -> requests.size() == 2);

        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(950));
        await(() -> look(endpoint).answers().equals(Map.of("4xx", 2L)));
    }

    @Test
    void aStatusKillsOnlyWhereThereIsAPlaceForDeadLetters() {
        var endpoint = endpoint(answering("/422"), 1, false);
        running.publish(part(0), "a");
        await(() -> running.status(part(0)).delayed() == 1);
        assertThat(queues.settled()).isEqualTo(Map.of("0/0", failed(Settlement.AS_POLICY, 422)));

        follow(endpoint, answering("/422"), 1, true);
        running.publish(part(0), "b");

        await(() -> queues.settled().containsKey("0/1"));
        assertThat(queues.settled().get("0/1"))
                .isEqualTo(new Settlement.Rejected(new Failure("http_422", "")));
    }

    @Test
    void secretsThatArriveLaterSign() {
        var endpoint = endpoint(answering("/200"), 1);
        running.publish(part(0), "a");
        await(() -> requests.size() == 1);
        var plain = answering("/200");

        follow(
                endpoint,
                new PushPolicy(plain.url(), List.of("new", "old"), TIMEOUT_MILLIS, 16, Set.of()),
                1);
        running.publish(part(0), "b");

        await(() -> requests.size() == 2);
        assertThat(requests.getFirst().header("webhook-signature")).isEqualTo("null");
        var signed = requests.getLast();
        assertThat(signed.header("webhook-signature"))
                .isEqualTo(
                        Signature.of(
                                List.of("new", "old"),
                                signed.header("webhook-id"),
                                Long.parseLong(signed.header("webhook-timestamp")),
                                ByteBuffer.wrap(signed.body().getBytes(UTF_8))));
    }

    private static Settlement.Outcome failed(long delayMillis, int status) {
        return new Settlement.Released(true, delayMillis, new Failure("http_" + status, ""));
    }
}
