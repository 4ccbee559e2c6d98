package io.sluice.conformance.torture.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.policies.Ledger.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Lives lives = new Lives();
    private final Ledger ledger = new Ledger(lives);
    private final int job = confirmed();

    @Test
    void whatWasConfirmedIsMissingUntilItIsDoneOrDead() {
        assertThat(ledger.missing(List.of())).containsExactly(job);
        assertThat(ledger.missing(List.of(job))).isEmpty();
        ledger.settles(job, lives.now());
        assertThat(ledger.missing(List.of())).isEmpty();
    }

    @Test
    void nobodyHasWhatAnotherHolds() {
        arrives("one");

        assertThatThrownBy(() -> arrives("another")).hasMessageContaining("ONE_HOLDER_AT_A_TIME");
        ledger.drops(job);
        arrives("another");
    }

    @Test
    void whatFailedWaits() {
        arrives("one");
        ledger.fails(job, lives.now(), Long.MAX_VALUE / 2);

        assertThatThrownBy(() -> arrives("one")).hasMessageContaining("A_RETRY_WAITS");
        lives.end();
        arrives("one");
    }

    @Test
    void whatWasSettledDoesNotComeInTheSameLife() {
        arrives("one");
        ledger.settles(job, lives.now());

        assertThatThrownBy(() -> arrives("another"))
                .hasMessageContaining("AN_ACKNOWLEDGEMENT_IS_FINAL");
        assertThatThrownBy(() -> ledger.missing(List.of(job)))
                .hasMessageContaining("A_DEAD_LETTER_IS_THERE_ONCE");
    }

    @Test
    void anAcknowledgementMayBeLostWithALife() {
        arrives("one");
        ledger.settles(job, lives.now());
        lives.end();

        arrives("another");
    }

    @Test
    void whatWasSettledDoesNotComeOnceTheQueuesHaveBeenEmpty() {
        arrives("one");
        ledger.settles(job, lives.now());
        lives.end();
        lives.drained();

        assertThatThrownBy(() -> arrives("another"))
                .hasMessageContaining("AN_ACKNOWLEDGEMENT_IS_FINAL");
        assertThatThrownBy(() -> ledger.missing(List.of(job)))
                .hasMessageContaining("AN_ACKNOWLEDGEMENT_IS_FINAL");
    }

    /// Its last try was on the way when the broker was killed.
    @Test
    void whatWasSettledMayDieInALaterLifeAndComeBack() {
        arrives("one");
        ledger.settles(job, lives.now());
        lives.end();
        assertThat(ledger.missing(List.of(job))).isEmpty();
        lives.drained();

        arrives("another");
    }

    @Test
    void aDeadLetterIsThereOnce() {
        assertThatThrownBy(() -> ledger.missing(List.of(job, job)))
                .hasMessageContaining("A_DEAD_LETTER_IS_THERE_ONCE");
    }

    @Test
    void whatAnEarlierLifeToldTellsNothing() {
        int earlier = lives.now();
        lives.end();

        assertThat(ledger.arrives(job, "one", earlier)).isEqualTo(Verdict.TOO_LATE);
    }

    private void arrives(String by) {
        var verdict = ledger.arrives(job, by, lives.now());
        assertThat(verdict).isNotEqualTo(Verdict.TOO_LATE);
    }

    private int confirmed() {
        int number = ledger.open(new Random(1));
        ledger.confirm(number);
        return number;
    }
}
