package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.Redrives;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a redrive comes through: pauses, crashes, the ends of its parts and its own.
final class RedriveTaskLifeTest extends RedriveBench {
    @Test
    void whatAFilterHasLeftIsStillThereAfterARestart() {
        die("a1", "b1", "a2", "b2", "a3");
        start(containing("b"));
        bench.pass(2_000);
        bench.crash();
        assertThat(queues.drain(dead)).containsExactly("a1", "a2", "a3");
        assertThat(queues.drain(source)).containsExactly("b1", "b2");
    }

    @Test
    void aPausedTaskStandsStillOverARestartAndGoesOnWithItsCount() {
        die(numbers(40));
        start(lenient(Optional.empty(), 10, 0, LetterFilter.ALL));
        bench.passInSteps(1_000);
        long before = queues.status(source).ready();
        assertThat(before).isBetween(5L, 20L);
        change(Redrives.pause(queue(), running(), true));
        bench.passInSteps(500);
        long paused = queues.status(source).ready();
        bench.passInSteps(5_000);
        bench.crash();
        bench.passInSteps(5_000);
        assertThat(queues.status(source).ready()).isEqualTo(paused);
        assertThat(progress(dead).moved()).isEqualTo(paused);
        change(Redrives.pause(queue(), running(), false));
        bench.passInSteps(10_000);
        assertThat(queues.drain(source)).containsExactly(numbers(40));
        assertThat(ended().moved()).isEqualTo(40);
    }

    @Test
    void aTaskEndsWhenAllPartsHaveEndedAndItsNumberIsThatOfAll() {
        var parts = parts("lettered", 3);
        var elsewhere = queues.declare("elsewhere", Map.of());
        publish(parts.get(1), "a", "b");
        publish(parts.get(2), "c", "d", "e");
        dead = parts.get(0);
        start(lenient(Optional.of("elsewhere"), 0, 4, LetterFilter.ALL));
        bench.passInSteps(5_000);
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().moved()).isEqualTo(4);
        assertThat(queues.drain(elsewhere)).containsExactly("a", "b", "c", "d");
        assertThat(queues.drain(parts.get(2))).containsExactly("e");
    }

    @Test
    void aTaskOfSeveralPartsKeepsItsPaceOverACrash() {
        var parts = parts("lettered", 3);
        var elsewhere = queues.declare("elsewhere", Map.of());
        for (var part : parts) {
            publish(part, numbers(10));
        }
        dead = parts.get(0);
        start(lenient(Optional.of("elsewhere"), 10, 0, LetterFilter.ALL));
        bench.passInSteps(1_500);
        assertThat(queues.status(elsewhere).ready()).isBetween(10L, 16L);
        bench.crash();
        bench.passInSteps(5_000);
        assertThat(queues.drain(elsewhere)).hasSize(30);
        assertThat(ended().moved()).isEqualTo(30);
    }

    @Test
    void aTaskThatIsTakenAwaySaysHowFarItCame() {
        die(numbers(40));
        start(lenient(Optional.empty(), 10, 0, LetterFilter.ALL));
        bench.passInSteps(1_000);
        var progress = progress(dead);
        assertThat(progress.moved()).isBetween(1L, 39L);
        change(
                Redrives.end(
                        queue(),
                        new Ended(
                                running(),
                                Status.CANCELLED,
                                progress.moved(),
                                0,
                                0,
                                0,
                                Optional.empty())));
        bench.passInSteps(5_000);
        assertThat(progress(dead).state()).isEqualTo(RedriveProgress.State.CANCELLED);
        assertThat(queues.status(source).ready()).isEqualTo(progress(dead).moved());
        assertThat(ended().status()).isEqualTo(Status.CANCELLED);
        start(new Redrive("another", Optional.empty(), 0, 0, 40));
        bench.passInSteps(2_000);
        assertThat(queues.drain(source)).containsExactly(numbers(40));
        assertThat(Redrives.ended(queue()))
                .extracting(Ended::status)
                .containsExactly(Status.COMPLETED, Status.CANCELLED);
    }

    @Test
    void wheneverItCrashesNothingIsLostOrDoubled() {
        int begun = 0;
        for (int chunks = 0; chunks < 30; chunks++) {
            anew();
            die("a1", "b1", "a2", "b2", "a3", "b3");
            var reply = bench.change(Redrives.start(queue(), containing("b")));
            bench.turn();
            for (int i = 0; i < chunks && bench.store.settleOne(); i++) {
                bench.turn();
                bench.clock.pass(50);
                bench.turn();
            }
            boolean started = reply.isThere();
            bench.crash();
            bench.passInSteps(3_000);
            var back = queues.drain(source);
            var left = queues.drain(dead);
            if (started || !back.isEmpty()) {
                begun++;
                assertThat(back).as("after %d chunks", chunks).containsExactly("b1", "b2", "b3");
                assertThat(ended().moved()).as("after %d chunks", chunks).isEqualTo(3);
                assertThat(ended().skipped()).as("after %d chunks", chunks).isEqualTo(3);
                assertThat(left).as("after %d chunks", chunks).containsExactly("a1", "a2", "a3");
            } else {
                assertThat(left).as("after %d chunks", chunks).hasSize(6);
            }
        }
        assertThat(begun).as("some crashes come before the task, some after").isBetween(1, 29);
    }

    private List<QueuePart> parts(String name, int count) {
        var topic = bench.topic(name, count, Map.of());
        var first = queues.subscribeTo(topic, name);
        var parts = new ArrayList<QueuePart>();
        for (int index = 0; index < count; index++) {
            parts.add(new QueuePart(first.queue(), topic, index));
        }
        return parts;
    }

    private void publish(QueuePart part, String... bodies) {
        bench.appendDurably(new PartitionId(part.topic(), part.index()), Bench.batch(bodies));
    }

    private RedriveProgress progress(QueuePart part) {
        var reply = new Answered<RedriveProgress>();
        bench.broker.queues().redriving(part, reply);
        bench.quiet();
        return reply.value();
    }
}
