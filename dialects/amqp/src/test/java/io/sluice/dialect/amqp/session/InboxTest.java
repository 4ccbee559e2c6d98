package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxTest {
    private static final int SENDERS = 4;
    private static final int EVENTS_EACH = 5_000;

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

    /// Nobody looks here without having been woken, and the senders wait again and again until their events were taken: a wake-up that is
    /// lost is waited for until the time limit.
    @Test
    @Timeout(30)
    void nothingIsLostOrForgottenWhenManyThreadsPut() {
        var next = new AtomicIntegerArray(SENDERS);
        for (int sender = 0; sender < SENDERS; sender++) {
            int own = sender;
            Thread.ofPlatform().daemon().start(() -> send(own, next));
        }
        int seen = 0;
        int wakesSeen = 0;
        while (seen < SENDERS * EVENTS_EACH && !Thread.currentThread().isInterrupted()) {
            if (woken.get() == wakesSeen) {
                Thread.onSpinWait();
                continue;
            }
            wakesSeen++;
            for (var event : taken()) {
                if (event.number != next.getAndIncrement(event.sender)) {
                    fail("number %d of sender %d is not the next", event.number, event.sender);
                }
                seen++;
            }
        }
        assertThat(seen).isEqualTo(SENDERS * EVENTS_EACH);
    }

    private void send(int sender, AtomicIntegerArray next) {
        for (int number = 0; number < EVENTS_EACH; number++) {
            inbox.put(new Numbered(sender, number));
            while (number % 10 == 0 && next.get(sender) <= number) {
                LockSupport.parkNanos(5_000);
            }
        }
    }

    private List<Numbered> taken() {
        var events = new ArrayList<Numbered>();
        for (var event = inbox.takeAll(); event != null; event = event.next) {
            events.add((Numbered) event);
        }
        return events;
    }
}
