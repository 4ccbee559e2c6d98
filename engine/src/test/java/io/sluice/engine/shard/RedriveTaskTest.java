package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.Redrives;
import io.sluice.broker.queue.Settlement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which messages a redrive moves that is more than all and at once: a filter, a number, those that may not be moved.
final class RedriveTaskTest extends RedriveBench {
    @Test
    void aFilterTakesItsMessagesOutOfTurnAndLeavesTheOthersInTheirOrder() {
        die("a1", "b1", "a2", "b2", "a3");
        start(containing("b"));
        bench.pass(2_000);
        assertThat(queues.drain(source)).containsExactly("b1", "b2");
        assertThat(queues.drain(dead)).containsExactly("a1", "a2", "a3");
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().moved()).isEqualTo(2);
        assertThat(ended().skipped()).isEqualTo(3);
        assertThat(report(dead).dead()).isEqualTo(Map.of(Reason.REDRIVEN, 2L));
        assertThat(report(source).dead()).isEqualTo(Map.of(Reason.REJECTED, 5L));
    }

    @Test
    void aTaskMovesNoMoreThanItsNumber() {
        die("a", "b", "c");
        start(lenient(Optional.empty(), 0, 2, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(queues.drain(source)).containsExactly("a", "b");
        assertThat(queues.drain(dead)).containsExactly("c");
        assertThat(ended().moved()).isEqualTo(2);
    }

    @Test
    void aMessageThatWasMovedTooOftenStays() {
        source = queues.declareDying("often", Map.of("x-sluice-redrive-max", "2"));
        die(source, "a");
        for (int round = 1; round <= 2; round++) {
            start(lenient(Optional.empty(), 0, 0, LetterFilter.ALL));
            bench.pass(2_000);
            assertThat(ended().moved()).isEqualTo(1);
            assertThat(queues.status(source).ready()).isEqualTo(1);
            reject(source, 1);
        }
        start(lenient(Optional.empty(), 0, 0, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(ended().moved()).isZero();
        assertThat(ended().skipped()).isEqualTo(1);
        assertThat(queues.status(dead).ready()).isEqualTo(1);
    }

    @Test
    void whatDiesAgainWhileTheTaskGoesOnIsNotMovedAgain() {
        die(numbers(20));
        var client = queues.consume(source, 0);
        start(lenient(Optional.empty(), 10, 0, LetterFilter.ALL));
        int rejected = 0;
        for (int tenths = 0; tenths < 100; tenths++) {
            bench.pass(100);
            for (; rejected < client.deliveries.size(); rejected++) {
                var delivery = client.deliveries.get(rejected);
                client.settle(
                        Settlement.REJECTED,
                        IntStream.rangeClosed(
                                        (int) delivery.firstOffset(), (int) delivery.lastOffset())
                                .asLongStream()
                                .toArray());
            }
        }
        assertThat(ended().moved()).isEqualTo(20);
        assertThat(queues.status(dead).ready()).isEqualTo(20);
    }

    @Test
    void aMessageWithoutAPlaceStaysAndTheOthersGo() {
        queues.publish(dead, "never died");
        die("a");
        start(lenient(Optional.empty(), 0, 0, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(queues.drain(source)).containsExactly("a");
        assertThat(queues.drain(dead)).containsExactly("never died");
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().failed()).isEqualTo(1);
    }

    @Test
    void ofAnOrderedQueueNothingOvertakesWhatSomebodyHoldsOfItsKey() {
        dead = queues.declare("ordered", Map.of("x-sluice-order", "\"key\""));
        var elsewhere = queues.declare("elsewhere", Map.of());
        queues.publishKeyed(dead, "a1", "b1", "a2", "b2");
        assertThat(queues.receive(dead, 1, 60_000, 0).bodies()).containsExactly("a1");
        start(lenient(Optional.of("elsewhere"), 0, 0, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(ended().moved()).isEqualTo(2);
        assertThat(queues.drain(elsewhere)).containsExactly("b1", "b2");
        bench.passInSteps(60_000);
        assertThat(queues.drain(dead)).containsExactly("a1", "a2");
    }

    @Test
    void twoWhoStartATaskAtOnceDoNotBothStartOne() {
        die("a");
        var seen = queue();
        var first = bench.change(Redrives.start(seen, new Redrive("1", Optional.empty(), 1, 0, 1)));
        var second =
                bench.change(Redrives.start(seen, new Redrive("2", Optional.empty(), 1, 0, 1)));
        bench.quiet();
        first.value();
        assertThat(second.error()).isInstanceOf(BrokerError.InUse.class);
    }
}
