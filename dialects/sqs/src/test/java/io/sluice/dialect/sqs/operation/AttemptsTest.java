package io.sluice.dialect.sqs.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.sqs.protocol.Result;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Receives that are made again.
class AttemptsTest {
    private static final UUID QUEUE = new UUID(1, 1);

    private final Attempts attempts = new Attempts();

    private static Result.Received received(int bytes) {
        return new Result.Received(
                List.of(
                        new Result.Message(
                                "id",
                                "handle",
                                ByteBuffer.allocate(bytes),
                                "md5",
                                Map.of(),
                                Map.of(),
                                Optional.empty())));
    }

    @Test
    void theSameAttemptBringsTheSameAsLongAsItsMessagesAreInvisible() {
        var first = received(1);
        attempts.remember(QUEUE, "a", first, 1_000);
        assertThat(attempts.repeated(QUEUE, "a", 999)).contains(first);
        assertThat(attempts.repeated(QUEUE, "a", 1_000)).isEmpty();
        assertThat(attempts.repeated(QUEUE, "b", 0)).isEmpty();
        assertThat(attempts.repeated(new UUID(1, 2), "a", 0)).isEmpty();
    }

    @Test
    void nothingIsRepeatedWhenSomethingOfItsQueueWasSettled() {
        attempts.remember(QUEUE, "a", received(1), 1_000);
        attempts.remember(new UUID(1, 2), "a", received(1), 1_000);
        attempts.forget(QUEUE);
        assertThat(attempts.repeated(QUEUE, "a", 0)).isEmpty();
        assertThat(attempts.repeated(new UUID(1, 2), "a", 0)).isPresent();
    }

    @Test
    void theyTakeNoMoreThanSoManyBytes() {
        for (int i = 0; i < 40; i++) {
            attempts.remember(QUEUE, "a" + i, received(1 << 20), 1_000);
        }
        assertThat(attempts.repeated(QUEUE, "a0", 0)).isEmpty();
        assertThat(attempts.repeated(QUEUE, "a39", 0)).isPresent();
    }
}
