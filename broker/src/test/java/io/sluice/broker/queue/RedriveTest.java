package io.sluice.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.CatalogChange.AdjustQueue;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedriveTest {
    private static final Redrive TASK =
            new Redrive(
                    "an id",
                    Optional.of("a|queue"),
                    5,
                    6,
                    7,
                    8,
                    true,
                    false,
                    new LetterFilter("rejected", "5|3", "s", 9, 10, "k", "h", "v\n", "t&="));

    @Test
    void aTextComesBackAsWhatItWasMadeOf() {
        assertThat(Redrive.of(TASK.text())).isEqualTo(TASK);
        assertThat(TASK.text()).doesNotContain("\n");
        var plain = new Redrive("id", Optional.empty(), 0, 6, 7);
        assertThat(Redrive.of(plain.text())).isEqualTo(plain);
        var ended = new Ended(TASK, Status.FAILED, 1, 2, 3, 4, Optional.of("a|reason"));
        assertThat(Ended.of(ended.text())).isEqualTo(ended);
    }

    @Test
    void whatWasWrittenBeforeThereWereFiltersIsRead() {
        assertThat(Redrive.of("id|to|5|6|7"))
                .isEqualTo(new Redrive("id", Optional.of("to"), 5, 6, 7));
        assertThat(Ended.of("id||5|6|7|COMPLETED|8|"))
                .isEqualTo(
                        new Ended(
                                new Redrive("id", Optional.empty(), 5, 6, 7),
                                Status.COMPLETED,
                                8,
                                0,
                                0,
                                0,
                                Optional.empty()));
    }

    @Test
    void anotherTextIsNone() {
        assertThatThrownBy(() -> Redrive.of("id|to")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ended.of("id|to|5|6|7"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatStartsAnotherOneKeepsHowTheLastTenEnded() {
        var queue = queue(Map.of());
        for (int i = 0; i < 15; i++) {
            var task = new Redrive("" + i, Optional.empty(), 0, 0, 0);
            var started = Redrives.start(queue, task);
            assertThat(started.expected()).containsEntry(Redrive.ATTRIBUTE, "");
            queue = after(queue, started);
            assertThat(Redrives.running(queue)).contains(task);
            queue =
                    after(
                            queue,
                            Redrives.end(
                                    queue,
                                    new Ended(
                                            task, Status.COMPLETED, i, 0, 0, 1, Optional.empty())));
            assertThat(Redrives.running(queue)).isEmpty();
        }
        assertThat(Redrives.ended(queue))
                .extracting(ended -> ended.task().id())
                .containsExactlyElementsOf(
                        IntStream.iterate(14, i -> i - 1).limit(11).mapToObj(i -> "" + i).toList());
    }

    @Test
    void pausingWantsTheTaskToBeAsItWasSeen() {
        var queue = after(queue(Map.of()), Redrives.start(queue(Map.of()), TASK.paused(false)));
        var paused = Redrives.pause(queue, TASK.paused(false), true);
        assertThat(paused.expected())
                .containsEntry(Redrive.ATTRIBUTE, JsonText.quoted(TASK.paused(false).text()));
        assertThat(Redrives.running(after(queue, paused))).contains(TASK);
    }

    private static Queue after(Queue queue, AdjustQueue change) {
        var attributes = new HashMap<>(queue.attributes());
        attributes.keySet().removeAll(change.removed());
        attributes.putAll(change.set());
        return queue(attributes);
    }

    private static Queue queue(Map<String, String> attributes) {
        return new Queue(
                new UUID(1, 1),
                "/",
                "dead",
                new UUID(2, 2),
                true,
                true,
                false,
                false,
                Map.of(),
                attributes,
                0);
    }
}
