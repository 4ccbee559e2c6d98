package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.policy.PushPolicy;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How an endpoint asks for messages, finds room for them, and ends.
final class EndpointTest extends EndpointBench {
    /// What rests for half a second rests for no less than this.
    private static final long ALMOST_HALF_A_SECOND = 450_000_000;

    EndpointTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void anEmptyQueueIsAskedOnceAndWaitsForAsLongAsOneMay() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 3), 1);

        await(() -> queues.asked().size() == 1);

        assertThat(queues.asked())
                .containsExactly(
                        new Receive(
                                queues.asked().getFirst().owner(),
                                3,
                                16 << 20,
                                TIMEOUT_MILLIS + 10_000,
                                20_000,
                                Integer.MAX_VALUE,
                                url("/200"),
                                true));
        assertThat(look(endpoint).inFlight()).isZero();
    }

    @Test
    void whatComesFromManyPartsAtOnceAndFindsNoRoomIsGivenBackUntouched() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 4);
        await(() -> queues.asked().size() == 4);
        var held = new CountDownLatch(1);
        loop.execute(() -> wait(held));
        for (int part = 0; part < PARTS; part++) {
            running.publish(part(part), "m");
            int leased = part;
            await(() -> running.status(part(leased)).leased() == 1);
        }
        held.countDown();

        await(() -> queues.settled().size() == 3);

        assertThat(queues.settled().values()).containsOnly(Settlement.UNTOUCHED);
        assertThat(look(endpoint).inFlight()).isEqualTo(1);
        answers.release(PARTS);
        await(() -> look(endpoint).answers().equals(Map.of("2xx", 4L)));
        assertThat(requests).extracting(one -> one.header("Sluice-Attempt")).containsOnly("1");
    }

    @Test
    void neverAreMoreUnderWayThanMayBeAndEveryMessageIsSettled() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 2), 1);
        running.publish(part(0), "a", "b", "c", "d", "e");
        await(() -> look(endpoint).inFlight() == 2);
        assertThat(queues.settled()).isEmpty();

        answers.release(5);

        await(() -> running.status(part(0)).acknowledged() == 5);
        assertThat(requests)
                .extracting(Request::body)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(queues.settled().values()).containsOnly(Settlement.ACCEPTED);
        assertThat(look(endpoint).answers()).isEqualTo(Map.of("2xx", 5L));
    }

    @Test
    void aPartThatAnswersNothingWithoutTheWaitIsNotAskedAgainAtOnce() {
        long begun = System.nanoTime();
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);

        follow(endpoint, policy(TIMEOUT_MILLIS, 2), 1);

        await(() -> queues.asked().size() == 2);
        assertThat(System.nanoTime() - begun).isGreaterThan(ALMOST_HALF_A_SECOND);
    }

    @Test
    void aPartThatRefusesIsAskedAgainButNotAtOnce() {
        var _ = running.change(new CatalogChange.DeleteQueue(queue.id()));
        long begun = System.nanoTime();
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);

        await(() -> queues.asked().size() == 3);

        assertThat(System.nanoTime() - begun).isGreaterThan(2 * ALMOST_HALF_A_SECOND);
        assertThat(look(endpoint).inFlight()).isZero();
    }

    @Test
    void aChangedTimeoutHoldsForTheLeasesFromNowOn() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);
        await(() -> queues.asked().size() == 1);

        follow(endpoint, policy(60_000, 1), 1);

        await(() -> queues.asked().size() == 2);
        assertThat(queues.asked().getLast().leaseMillis()).isEqualTo(70_000);
    }

    @Test
    void partsThatAreAddedAreAskedToo() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 4), 1);
        follow(endpoint, policy(TIMEOUT_MILLIS, 4), 3);

        await(() -> queues.asked().size() == 3);
        answers.release();
        running.publish(part(2), "m");
        await(() -> queues.settled().containsKey("2/0"));
    }

    @Test
    void aStopWaitsForWhatIsUnderWayAndTakesNothingMore() {
        var stopped = new CompletableFuture<Boolean>();
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);
        running.publish(part(0), "a", "b");
        await(() -> look(endpoint).inFlight() == 1);
        onLoop(
                () -> {
                    endpoint.stop(() -> stopped.complete(true));
                    return true;
                });
        assertThat(stopped).isNotDone();

        answers.release();

        await(stopped::isDone);
        assertThat(queues.settled()).isEqualTo(Map.of("0/0", Settlement.ACCEPTED));
    }

    @Test
    void whatIsAbandonedComesAgainUncounted() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 1), 1);
        running.publish(part(0), "a");
        await(() -> look(endpoint).inFlight() == 1);

        onLoop(
                () -> {
                    endpoint.stop(() -> {});
                    endpoint.abandon();
                    return true;
                });

        assertThat(queues.settled()).isEqualTo(Map.of("0/0", Settlement.UNTOUCHED));
        await(() -> running.status(part(0)).ready() == 1);
        assertThat(look(endpoint).inFlight()).isZero();
    }

    @Test
    void anAddressThatIsNoneIsSaidAndNothingIsAsked() {
        var wrong = new PushPolicy("ftp://a/", List.of(), 1_000, 1, Set.of());
        var endpoint = endpoint(wrong, 1);

        assertThat(look(endpoint).problem()).isPresent();
        assertThat(queues.asked()).isEmpty();
    }

    @Test
    void aChangedConcurrencyHoldsFromNowOn() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 16), 1);

        follow(endpoint, policy(TIMEOUT_MILLIS, 2), 1);

        assertThat(look(endpoint).limit()).isEqualTo(2);
        assertThat(look(endpoint).limitMax()).isEqualTo(2);
    }

    @Test
    void aChangedAddressGetsWhatComesFromNowOn() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 2), 1);

        follow(endpoint, answering("/204"), 1);
        running.publish(part(0), "m");

        await(() -> requests.size() == 1);
        assertThat(requests.getFirst().path()).isEqualTo("/204");
    }

    @Test
    void aPartThatHadSomethingIsAskedWhatItHasNow() {
        var endpoint = endpoint(policy(TIMEOUT_MILLIS, 2), 1);
        await(() -> queues.asked().size() == 1);
        running.publish(part(0), "m");

        await(() -> queues.asked().size() == 3);

        assertThat(queues.asked())
                .extracting(Receive::waitMillis)
                .containsExactly(20_000L, 0L, 20_000L);
        assertThat(look(endpoint).inFlight()).isEqualTo(1);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
