package io.sluice.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MomentTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void aTimeIsTypedAsItIsOrAsHowLongAgo() {
        assertThat(Moment.of("2026-11-28T10:00:00Z", NOW))
                .contains(Instant.parse("2026-11-28T10:00:00Z"));
        assertThat(Moment.of("90s", NOW)).contains(NOW.minusSeconds(90));
        assertThat(Moment.of("15m", NOW)).contains(NOW.minus(Duration.ofMinutes(15)));
        assertThat(Moment.of("2h", NOW)).contains(NOW.minus(Duration.ofHours(2)));
        assertThat(Moment.of("3d", NOW)).contains(NOW.minus(Duration.ofDays(3)));
        assertThat(Moment.of("yesterday", NOW)).isEmpty();
        assertThat(Moment.of("2h30m", NOW)).isEmpty();
    }

    @Test
    void aTimeIsReadAsItsDistance() {
        assertThat(Legible.distance(NOW.minusSeconds(75), NOW)).isEqualTo("75 s ago");
        assertThat(Legible.distance(NOW.plusSeconds(180), NOW)).isEqualTo("in 3 min");
        assertThat(Legible.distance(NOW.minus(Duration.ofHours(5)), NOW)).isEqualTo("5 h ago");
        assertThat(Legible.distance(NOW.minus(Duration.ofDays(9)), NOW)).isEqualTo("9 days ago");
        assertThat(Legible.distance(NOW.plusMillis(300), NOW)).isEqualTo("now");
    }
}
