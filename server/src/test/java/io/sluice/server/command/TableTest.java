package io.sluice.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Column[] COLUMNS = {
        Column.text("QUEUE", "name"),
        Column.count("READY", "ready"),
        Column.distance("OLDEST", "oldest"),
        Column.text("BREAKER", "breaker.state")
    };

    private final List<Json> queues =
            List.of(
                    queue("orders", 1_234_567, "2026-11-28T11:57:00Z", "closed"),
                    JsonObject.object().put("name", "a").put("ready", 0));

    @Test
    void columnsAreAlignedWithNumbersToTheRight() {
        assertThat(printed(Screen.ofPipe(), queues))
                .isEqualTo(
                        """
                        QUEUE       READY     OLDEST  BREAKER
                        orders  1,234,567  3 min ago  closed
                        a               0
                        """);
    }

    @Test
    void onAScreenTheWidestTextIsCutUntilALineFits() {
        var wide = List.<Json>of(queue("q".repeat(60), 5, "2026-11-28T11:57:00Z", "closed"));

        var lines = printed(Screen.ofWidth(50), wide).lines().toList();

        assertThat(lines).allMatch(line -> line.length() <= 50);
        assertThat(lines.get(1)).startsWith("qqq").contains("q…").endsWith("closed");
    }

    @Test
    void whereThereIsNoScreenNothingIsCut() {
        var wide = List.<Json>of(queue("q".repeat(300), 5, "", "closed"));

        assertThat(printed(Screen.ofPipe(), wide)).contains("q".repeat(300));
    }

    @Test
    void coloursAreForScreensOnly() {
        assertThat(printed(Screen.withColours(), queues)).contains("\u001b[");
        assertThat(printed(Screen.ofPipe(), queues)).doesNotContain("\u001b[");
        assertThat(printed(Screen.ofWidth(80), queues)).doesNotContain("\u001b[");
    }

    @Test
    void whatIsWideOnAScreenTakesTwoColumns() {
        var lines =
                printed(Screen.ofPipe(), List.of(queue("注文", 5, "", ""), queue("abcd", 7, "", "")))
                        .lines()
                        .toList();

        assertThat(lines.get(1)).isEqualTo("注文       5");
        assertThat(lines.get(2)).isEqualTo("abcd       7");
    }

    @Test
    void noMessageMovesTheCursor() {
        var evil = List.<Json>of(queue("a\u001b[2Jb\nc", 5, "", ""));

        assertThat(printed(Screen.ofPipe(), evil)).contains("a\\x1b[2Jb\\nc").hasLineCount(2);
    }

    @Test
    void anEmptyListIsSaidToBeEmptyAndLeavesAPipeEmpty() {
        var pipe = Screen.ofPipe();

        assertThat(printed(pipe, List.of())).isEmpty();
        assertThat(pipe.err()).isEqualTo("Nothing.\n");
        assertThat(printed(Screen.ofWidth(80), List.of())).isEqualTo("Nothing.\n");
    }

    private static String printed(Screen screen, List<Json> rows) {
        new Table(COLUMNS).fill(rows, NOW).print(screen.terminal(), "Nothing.");
        return screen.out();
    }

    private static JsonObject queue(String name, long ready, String oldest, String breaker) {
        return JsonObject.object()
                .put("name", name)
                .put("ready", ready)
                .put("oldest", oldest)
                .put("breaker", JsonObject.object().put("state", breaker));
    }
}
