package io.sluice.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FactsTest {
    @Test
    void allThatIsKnownIsShownWithWhatBelongsTogetherBelowItsHeading() {
        var screen = Screen.ofPipe();
        var queue =
                (JsonObject)
                        JsonReader.read(
                                        """
                                        {"name":"orders","ready":12345,"next_due":"2026-11-28T12:00:05Z","open_ms":90000,"durable":true,"nothing":null,
                                         "waits":[{"within_ms":1000,"messages":3},{"within_ms":9223372036854775807,"messages":1}],
                                         "breaker":{"state":"open","reason":"60 % failed"},"dead":{}}""")
                                .orElseThrow();

        new Facts(screen.terminal(), Instant.parse("2026-11-28T12:00:00Z")).print(queue);

        var lines = screen.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("name      orders");
        assertThat(lines.get(1)).isEqualTo("ready     12,345");
        assertThat(lines.get(2)).startsWith("next due  2026-11-28 ").endsWith("(in 5 s)");
        assertThat(lines.subList(3, lines.size()))
                .containsExactly(
                        "open      90 s",
                        "durable   yes",
                        "waits",
                        "  within  messages",
                        "     1 s         3",
                        "       -         1",
                        "breaker",
                        "  state   open",
                        "  reason  60 % failed");
    }

    @Test
    void aStateIsSeenByItsColour() {
        var screen = Screen.withColours();

        new Facts(screen.terminal(), Instant.EPOCH)
                .print(JsonObject.object().put("state", "open").put("reason", "open"));

        assertThat(screen.out()).containsOnlyOnce(Colour.RED.start() + "open");
    }
}
