package io.sluice.dialect.kafka.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReceivingTest {
    private static final QueuePart A = PartsFake.part(0);
    private static final QueuePart B = PartsFake.part(1);
    private static final QueuePart C = PartsFake.part(2);

    private final PartsFake parts = new PartsFake();

    @Test
    void partAfterPartUntilThereIsEnough() {
        parts.publish(A, 1, 2);
        parts.publish(B, 7, 8, 9);
        parts.publish(C, 5);

        var found = receiving(4, 1_000).from(List.of(A, B, C));

        assertThat(offsets(found)).containsExactly(1L, 2L, 7L, 8L);
        assertThat(parts.ready.get(C)).containsExactly(5L);
        assertThat(parts.waits).isEmpty();
    }

    @Test
    void whereNothingIsItWaitsAtAllPartsAndTheFirstEndsTheWaits() {
        var found = receiving(4, 1_000).from(List.of(A, B, C));
        assertThat(found).isNotDone();
        assertThat(parts.waits).hasSize(3);

        parts.publish(B, 3);
        parts.serve(B);

        assertThat(offsets(found)).containsExactly(3L);
        assertThat(parts.waits).allSatisfy(wait -> assertThat(wait.over).isTrue());
    }

    @Test
    void whatTwoHadInTheSameMomentIsNotMoreThanWasAskedFor() {
        var found = receiving(2, 1_000).from(List.of(A, B));
        var atA = parts.waits.get(0);
        var atB = parts.waits.get(1);
        parts.publish(A, 1, 2);
        parts.publish(B, 8);
        // B's answer is under way when A's ends all waits.
        atB.over = true;
        parts.serve(A);
        assertThat(atA.over).isTrue();
        assertThat(found).isNotDone();
        atB.over = false;
        parts.serve(B);

        assertThat(offsets(found)).containsExactly(1L, 2L);
        assertThat(parts.ready.get(B)).containsExactly(8L);
    }

    @Test
    void whoIsCancelledIsAnsweredWithNothing() {
        var receiving = receiving(2, 1_000);
        var found = receiving.from(List.of(A, B));

        receiving.cancel();

        assertThat(offsets(found)).isEmpty();
    }

    @Test
    void whoWasCancelledBeforeDoesNotWait() {
        var receiving = receiving(2, 1_000);
        receiving.cancel();

        assertThat(offsets(receiving.from(List.of(A, B)))).isEmpty();
    }

    @Test
    void whoDoesNotWantToWaitIsAnsweredAtOnce() {
        assertThat(offsets(receiving(2, 0).from(List.of(A, B)))).isEmpty();
        assertThat(offsets(receiving(2, 1_000).from(List.of()))).isEmpty();
    }

    private Receiving receiving(int recordsMax, long waitMillis) {
        return new Receiving(parts, new Limits(1, recordsMax, 1 << 20, 1_000, waitMillis));
    }

    private static List<Long> offsets(CompletableFuture<List<Delivery>> found) {
        assertThat(found).isDone();
        return found.join().stream().map(Delivery::firstOffset).toList();
    }
}
