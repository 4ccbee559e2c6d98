package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StartedPartsTest {
    private final List<String> closed = new ArrayList<>();
    private final StartedParts parts = new StartedParts();

    @Test
    void theLastStartedIsStoppedFirst() {
        parts.add("engine", () -> closed.add("engine"));
        parts.add("kafka", () -> closed.add("kafka"));

        parts.close();

        assertThat(closed).containsExactly("kafka", "engine");
    }

    @Test
    void onePartThatFailsToStopDoesNotKeepTheOthersFromIt() {
        parts.add("engine", () -> closed.add("engine"));
        parts.add(
                "kafka",
                () -> {
                    throw new IOException("stuck");
                });

        parts.close();

        assertThat(closed).containsExactly("engine");
    }

    @Test
    void nothingIsStoppedTwice() {
        parts.add("engine", () -> closed.add("engine"));

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("engine");
    }
}
