package io.sluice.broker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.broker.message.Death.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeathsTest {
    @Test
    void theFirstDeathIsRemembered() {
        var deaths =
                Deaths.of(death("work", Reason.REJECTED, 10))
                        .and(death("retry", Reason.EXPIRED, 20));
        assertThat(deaths.firstQueue()).isEqualTo("work");
        assertThat(deaths.firstReason()).isEqualTo(Reason.REJECTED);
        assertThat(deaths.firstExchange()).isEqualTo("exchange of work");
        assertThat(deaths.latestFirst()).extracting(Death::queue).containsExactly("retry", "work");
    }

    @Test
    void aRepeatedDeathCountsUpKeepsItsFirstTimeAndMovesToTheFront() {
        var deaths =
                Deaths.of(death("work", Reason.REJECTED, 10))
                        .and(death("retry", Reason.EXPIRED, 20))
                        .and(death("work", Reason.REJECTED, 30))
                        .and(death("retry", Reason.EXPIRED, 40))
                        .and(death("work", Reason.REJECTED, 50));
        assertThat(deaths.latestFirst())
                .extracting(Death::queue, Death::count, Death::firstMillis)
                .containsExactly(tuple("work", 3L, 10L), tuple("retry", 2L, 20L));
    }

    @Test
    void anotherReasonInTheSameQueueIsAnotherEntry() {
        var deaths =
                Deaths.of(death("work", Reason.REJECTED, 10))
                        .and(death("work", Reason.EXPIRED, 20))
                        .and(death("work", Reason.REJECTED, 30));
        assertThat(deaths.latestFirst())
                .extracting(Death::reason, Death::count)
                .containsExactly(tuple(Reason.REJECTED, 2L), tuple(Reason.EXPIRED, 1L));
    }

    @Test
    void theOriginalTimeToLiveStaysKnownAfterItWasTakenOff() {
        var first = new Death("retry", Reason.EXPIRED, 10, 1, "", List.of("k"), Optional.of(500L));
        var again = new Death("retry", Reason.EXPIRED, 20, 1, "", List.of("k"), Optional.empty());
        assertThat(Deaths.of(first).and(again).latestFirst().getFirst().originalTtlMillis())
                .contains(500L);
    }

    @Test
    void aRepeatSpeaksOfTheLatestExchangeAndKeys() {
        var first = new Death("q", Reason.REJECTED, 10, 1, "a", List.of("x"), Optional.empty());
        var again = new Death("q", Reason.REJECTED, 20, 1, "b", List.of("y"), Optional.empty());
        var merged = Deaths.of(first).and(again).latestFirst().getFirst();
        assertThat(merged.exchange()).isEqualTo("b");
        assertThat(merged.routingKeys()).containsExactly("y");
    }

    @Test
    void aCircleThatNobodyHasRejectedInIsOne() {
        var expired = Deaths.of(death("a", Reason.EXPIRED, 10)).and(death("b", Reason.MAXLEN, 20));
        assertThat(expired.isCycle("a")).isTrue();
        assertThat(expired.isCycle("b")).isTrue();
        assertThat(expired.isCycle("c")).isFalse();
    }

    @Test
    void aRejectBreaksTheCircle() {
        var rejectedLast =
                Deaths.of(death("a", Reason.EXPIRED, 10)).and(death("b", Reason.REJECTED, 20));
        assertThat(rejectedLast.isCycle("a")).isFalse();
        assertThat(rejectedLast.isCycle("b")).isFalse();
        var rejectedThere =
                Deaths.of(death("a", Reason.REJECTED, 10)).and(death("b", Reason.EXPIRED, 20));
        assertThat(rejectedThere.isCycle("a")).isFalse();
        assertThat(rejectedThere.isCycle("b")).isTrue();
        var rejectedBefore =
                Deaths.of(death("c", Reason.REJECTED, 5))
                        .and(death("a", Reason.EXPIRED, 10))
                        .and(death("b", Reason.EXPIRED, 20));
        assertThat(rejectedBefore.isCycle("a")).isTrue();
    }

    @Test
    void onlyTheLatestAreKept() {
        var deaths = Deaths.of(death("q0", Reason.REJECTED, 0));
        for (int i = 1; i < 150; i++) {
            deaths = deaths.and(death("q" + i, Reason.REJECTED, i));
        }
        assertThat(deaths.latestFirst()).hasSize(100);
        assertThat(deaths.latestFirst().getFirst().queue()).isEqualTo("q149");
        assertThat(deaths.firstQueue()).isEqualTo("q0");
    }

    private static Death death(String queue, Reason reason, long millis) {
        return new Death(
                queue, reason, millis, 1, "exchange of " + queue, List.of("key"), Optional.empty());
    }
}
