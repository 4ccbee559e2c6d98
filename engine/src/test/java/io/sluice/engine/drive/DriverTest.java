package io.sluice.engine.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DriverTest {
    private final SetClock clock = new SetClock();
    private final CountedWork work = new CountedWork(clock);
    private final ArrayList<HostThread> hosts = new ArrayList<>();
    private final Driver driver = Driver.start("driven", work, clock);

    /// Its own thread looks for work when it starts, which none of the tests is about.
    @BeforeEach
    void ownThreadSleeps() {
        work.awaitSleepingDriver();
    }

    @AfterEach
    void end() throws InterruptedException {
        driver.stop();
        for (var host : hosts) {
            host.close();
        }
    }

    @Test
    void itsOwnThreadWorksWhereNobodyHosts() {
        work.offer();
        driver.ring();

        await(1);
        assertThat(work.threads).containsExactly("driven");
    }

    @Test
    void aHostThatRingsDoesTheWork() {
        var host = host("one");
        for (int i = 1; i <= 100; i++) {
            host.does(this::offerAndRing);
            await(i);
        }

        assertThat(work.threads).containsExactly("one");
    }

    @Test
    void whoIsNoHostCallsTheOneThatHostedLast() {
        var host = host("one");
        host.does(this::offerAndRing);
        await(1);

        offerAndRing();

        await(2);
        assertThat(work.threads).containsExactly("one");
    }

    @Test
    void aHostThatHasEndedIsNotWaitedFor() throws InterruptedException {
        var host = host("one");
        host.does(this::offerAndRing);
        await(1);
        host.close();

        offerAndRing();

        await(2);
        assertThat(work.threads).containsExactlyInAnyOrder("one", "driven");
    }

    @Test
    void whatIsInsistedOnIsNotTheHosts() {
        var host = host("one");
        host.does(
                () -> {
                    work.offer();
                    driver.insist();
                });

        await(1);
        assertThat(work.threads).containsExactly("driven");
    }

    @Test
    void whatIsMuchIsNotTheHosts() {
        var host = host("one");
        work.much = true;
        host.does(this::offerAndRing);

        await(1);
        assertThat(work.threads).containsExactly("driven");
    }

    @Test
    void longTurnsAreNotHosted() {
        var host = host("one");
        work.turnNanos = TimeUnit.MILLISECONDS.toNanos(3);
        for (int i = 1; i <= 20; i++) {
            host.does(this::offerAndRing);
            await(i);
        }
        work.threads.clear();
        host.does(this::offerAndRing);
        await(21);

        assertThat(work.threads).containsExactly("driven");
    }

    @Test
    void aHostHandsOverWhatDoesNotEnd() {
        offerToAHost(1_000);

        await(1_000);
        assertThat(work.threads).containsExactlyInAnyOrder("one", "driven");
    }

    @Test
    void aHostTakesFewTurns() {
        offerToAHost(20);

        await(20);
        assertThat(work.threads).containsExactlyInAnyOrder("one", "driven");
    }

    @Test
    void aHostTakesTwoTurnsHoweverLongTheyTake() {
        work.turnNanos = TimeUnit.MICROSECONDS.toNanos(400);
        offerToAHost(2);

        await(2);
        assertThat(work.threads).containsExactly("one");
    }

    @Test
    void aHostIsNotKeptFromItsOwnWorkForLong() {
        work.turnNanos = TimeUnit.MICROSECONDS.toNanos(150);
        offerToAHost(3);

        await(3);
        assertThat(work.threads).containsExactlyInAnyOrder("one", "driven");
    }

    @Test
    void whatComesWhileATurnFindsNothingIsDoneByTheNext() {
        work.whenNothing = this::offerAndRing;
        driver.ring();
        await(1);

        work.whenNothing = this::offerAndRing;
        host("one").does(driver::ring);
        await(2);
    }

    @Test
    void whoFindsATurnBeingTakenTakesNone() {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        work.whenNothing =
                () -> {
                    inside.countDown();
                    wait(goOn);
                };
        var ringing = new CountDownLatch(1);
        var host = host("one");
        host.does(
                () -> {
                    driver.ring();
                    wait(ringing);
                });
        driver.insist();
        wait(inside);
        offerAndRing();
        ringing.countDown();
        host.settle();

        int doneMeanwhile = work.done.get();
        goOn.countDown();
        assertThat(doneMeanwhile).isZero();
        await(1);
        assertThat(work.threads).containsExactly("driven");
        assertThat(work.crowded).isFalse();
    }

    static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsDueAfterAHostsTurnIsDoneInTime() {
        var host = host("one");
        long inNanos = TimeUnit.MILLISECONDS.toNanos(5);
        work.due.set(clock.nanos() + inNanos);
        host.does(this::offerAndRing);
        await(1);
        host.settle();

        clock.pass(inNanos - 1);
        int turns = work.turns.get();
        driver.insist();
        work.awaitTurn(turns + 1);
        assertThat(work.done).hasValue(1);

        clock.pass(1);
        await(2);
        assertThat(work.threads).containsExactlyInAnyOrder("one", "driven");
    }

    @Test
    void whatIsFinishedIsNotTurnedAgain() {
        host("one")
                .does(
                        () -> {
                            work.finished = true;
                            offerAndRing();
                        });
        await(1);

        offerAndRing();
        driver.stop();

        assertThat(work.done).hasValue(1);
    }

    @Test
    void afterTheStopNobodyTakesATurn() {
        var host = host("one");
        host.does(this::offerAndRing);
        await(1);
        driver.stop();

        host.does(this::offerAndRing);
        host.settle();

        assertThat(work.done).hasValue(1);
    }

    /// Hosts and others ring as fast as they can, with pauses in which everybody falls asleep: each piece of work is done, by one at a
    /// time.
    @Test
    void nothingIsForgottenAndNoTwoWorkAtATime() throws Exception {
        int each = 20_000;
        var rings = new ArrayList<Thread>();
        for (int ringer = 0; ringer < 4; ringer++) {
            var host = ringer % 2 == 0 ? host("host-" + ringer) : null;
            int seed = ringer;
            rings.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < each; i++) {
                                            if (host == null) {
                                                offerAndRing();
                                            } else {
                                                host.does(this::offerAndRing);
                                            }
                                            if ((i * 31 + seed) % 97 == 0) {
                                                LockSupport.parkNanos(50_000);
                                            }
                                        }
                                    }));
        }
        for (var ring : rings) {
            ring.join();
        }

        await(4 * each);
        assertThat(work.crowded).isFalse();
    }

    private void offerToAHost(int count) {
        host("one")
                .does(
                        () -> {
                            for (int i = 0; i < count; i++) {
                                work.offer();
                            }
                            driver.ring();
                        });
    }

    private void offerAndRing() {
        work.offer();
        driver.ring();
    }

    private void await(int done) {
        work.await(done);
    }

    private HostThread host(String name) {
        var host = new HostThread(name);
        hosts.add(host);
        host.start();
        return host;
    }
}
