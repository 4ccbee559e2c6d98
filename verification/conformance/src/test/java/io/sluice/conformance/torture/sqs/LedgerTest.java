package io.sluice.conformance.torture.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final long VISIBILITY = TimeUnit.SECONDS.toNanos(100);

    private final Ledger standard = new Ledger("standard", false, VISIBILITY);
    private final Ledger group = new Ledger("group", true, VISIBILITY);
    private final long start = System.nanoTime();

    @Test
    void whatWasAcknowledgedAndNotDeletedIsOpen() {
        send(standard, 2);
        var _ = standard.send();

        assertThat(standard.open()).hasSize(2);
        standard.deleting(0);
        assertThat(standard.open()).as("it may be deleted").hasSize(1);
        standard.kept(0);
        assertThat(standard.open()).hasSize(2);
        standard.deleting(0);
        standard.deleted(0);
        assertThat(standard.open()).singleElement().asString().startsWith("standard:1:");
        assertThat(standard.backlog()).isEqualTo(1);
    }

    @Test
    void nobodyIsLentWhatAnotherHolds() {
        send(standard, 1);
        arrive(standard, 0, hold("a", 0));

        assertThatThrownBy(() -> arrive(standard, 0, hold("b", 99)))
                .hasMessageContaining("ONE_HOLDER_AT_A_TIME");
        arrive(standard, 0, hold("b", 101));
    }

    @Test
    void whatIsGivenBackMayBeLentAtOnce() {
        send(standard, 1);
        arrive(standard, 0, hold("a", 0));
        standard.release(0);

        arrive(standard, 0, hold("b", 1));
    }

    @Test
    void oneHasTheGroupEvenOfOtherMessages() {
        send(group, 3);
        arrive(group, 0, hold("a", 0));

        assertThatThrownBy(() -> arrive(group, 1, hold("b", 1)))
                .hasMessageContaining("ONE_HOLDER_PER_GROUP");
        group.deleting(0);
        arrive(group, 1, hold("b", 1));
        assertThatThrownBy(() -> arrive(group, 0, hold("c", 2)))
                .hasMessageContaining("ONE_HOLDER_PER_GROUP");
    }

    @Test
    void aGroupComesFromItsFirstWithoutGaps() {
        send(group, 4);
        group.checkOrder(List.of(0, 1, 2));

        assertThatThrownBy(() -> group.checkOrder(List.of(1)))
                .hasMessageContaining("ORDER_WITHIN_A_GROUP");
        assertThatThrownBy(() -> group.checkOrder(List.of(0, 2)))
                .hasMessageContaining("ORDER_WITHIN_A_GROUP");
        assertThatThrownBy(() -> group.checkOrder(List.of(0, 0)))
                .hasMessageContaining("ORDER_WITHIN_A_GROUP");
        group.deleting(0);
        group.checkOrder(List.of(1, 2));
        group.deleted(0);
        group.checkOrder(List.of(1));
    }

    @Test
    void whatIsDeletedDoesNotComeAgain() {
        send(standard, 1);
        arrive(standard, 0, hold("a", 0));
        standard.deleting(0);
        standard.deleted(0);

        assertThatThrownBy(() -> arrive(standard, 0, hold("b", 1)))
                .hasMessageContaining("AN_ACKNOWLEDGEMENT_IS_FINAL");
    }

    @Test
    void whatIsToBeThereOnceHasOneId() {
        send(group, 1);
        group.acknowledge(0, "id-0");

        assertThatThrownBy(() -> group.acknowledge(0, "other"))
                .hasMessageContaining("DEDUPLICATION_IS_EXACT");
    }

    @Test
    void whatNobodyHasSentAndWhatIsNotWhatWasSentIsFound() {
        send(standard, 1);

        assertThatThrownBy(() -> standard.arrive(1, "standard:1:", "id-1", hold("a", 0)))
                .hasMessageContaining("NOTHING_IS_INVENTED");
        assertThatThrownBy(() -> standard.arrive(0, "standard:0:x", "id-0", hold("a", 0)))
                .hasMessageContaining("MESSAGES_ARE_WHAT_WAS_SENT");
    }

    @Test
    void whatIsToldTooLateTellsNothing() {
        var brief = new Ledger("brief", false, 1);
        send(brief, 1);

        assertThat(brief.arrive(0, brief.body(0), "id-0", hold("a", -1))).isFalse();
    }

    private static void send(Ledger ledger, int count) {
        for (var i = 0; i < count; i++) {
            var number = ledger.send();
            ledger.acknowledge(number, "id-" + number);
        }
    }

    private static void arrive(Ledger ledger, int number, Hold hold) {
        assertThat(ledger.arrive(number, ledger.body(number), "id-" + number, hold)).isTrue();
    }

    /// Asked and answered at one moment.
    private Hold hold(String by, long second) {
        var at = start + TimeUnit.SECONDS.toNanos(second);
        return new Hold(by, at, at);
    }
}
