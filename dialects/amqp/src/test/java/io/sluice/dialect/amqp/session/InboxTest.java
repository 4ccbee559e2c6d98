package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int SENDERS = 4;
    private static final int EVENTS_EACH = 20_000;

    private final AtomicInteger woken = new AtomicInteger();
    private final Inbox inbox = new Inbox(woken::incrementAndGet);

    private static final class Numbered extends Event {
        private final int sender;
        private final int number;

        Numbered(int sender, int number) {
            this.sender = sender;
            this.number = number;
        }

        @Override
        void happen() {}
    }

    @Test
    void anEmptyBoxHasNothing() {
        assertThat(inbox.takeAll()).isNull();
    }

    @Test
    void whatCameFirstIsTakenFirst() {
        for (int number = 0; number < 3; number++) {
            inbox.put(new Numbered(0, number));
        }

        assertThat(taken()).extracting(event -> event.number).containsExactly(0, 1, 2);
        assertThat(inbox.takeAll()).isNull();
    }

    @Test
    void theLoopIsWokenOncePerFilling() {
        inbox.put(new Numbered(0, 0));
        inbox.put(new Numbered(0, 1));
        assertThat(woken).hasValue(1);
        assertThat(taken()).hasSize(2);

        inbox.put(new Numbered(0, 2));

        assertThat(woken).hasValue(2);
    }

    @Test
    void anEventMayComeAgainOnceItWasTaken() {
        var event = new Numbered(0, 0);
        inbox.put(event);
        assertThat(taken()).containsExactly(event);

        inbox.put(event);

        assertThat(taken()).containsExactly(event);
    }

    /// A wake-up that is lost would leave the last ones lying: nobody looks here without having been woken.
    @Test
    void nothingIsLostOrForgottenWhenManyThreadsPut() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int own = sender;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int number = 0; number < EVENTS_EACH; number++) {
                                            inbox.put(new Numbered(own, number));
                                        }
                                    }));
        }
        var next = new int[SENDERS];
        int seen = 0;
        int wakesSeen = 0;
        while (seen < SENDERS * EVENTS_EACH) {
            if (woken.get() == wakesSeen && threads.stream().noneMatch(Thread::isAlive)) {
                break;
            }
            if (woken.get() > wakesSeen) {
                wakesSeen++;
                for (var event : taken()) {
                    assertThat(event.number).isEqualTo(next[event.sender]++);
                    seen++;
                }
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(seen).isEqualTo(SENDERS * EVENTS_EACH);
    }

    private List<Numbered> taken() {
        var events = new ArrayList<Numbered>();
        for (var event = inbox.takeAll(); event != null; event = event.next) {
            events.add((Numbered) event);
        }
        return events;
    }
}
