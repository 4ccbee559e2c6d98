package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(100);
    private final ArrayList<String> granted = new ArrayList<>();

    @Test
    void whatIsReservedIsGoneUntilItIsReleased() {
        assertThat(budget.reserve(60)).isTrue();
        assertThat(budget.reserve(60)).isFalse();
        assertThat(budget.bytesUsed()).isEqualTo(60);

        budget.release(60);

        assertThat(budget.reserve(60)).isTrue();
    }

    @Test
    void aLargeRequestIsNotOvertakenBySmallOnes() {
        budget.reserve(60);
        budget.await(80, () -> granted.add("large"));

        assertThat(budget.reserve(10)).as("somebody is in line").isFalse();
        budget.await(10, () -> granted.add("small"));
        assertThat(granted).isEmpty();

        budget.release(60);

        assertThat(granted).containsExactly("large", "small");
        assertThat(budget.bytesUsed()).isEqualTo(90);
    }

    @Test
    void whoLeavesTheLineLetsTheNextOneIn() {
        budget.reserve(60);
        var large = budget.await(80, () -> granted.add("large"));
        budget.await(10, () -> granted.add("small"));

        assertThat(large.leave()).isTrue();

        assertThat(granted).containsExactly("small");
    }

    @Test
    void whoWasGrantedCannotLeaveAnyMore() {
        var waiter = budget.await(80, () -> granted.add("granted"));

        assertThat(waiter.leave()).isFalse();
        assertThat(budget.bytesUsed()).isEqualTo(80);
    }

    @Test
    void whatWasOverdrawnIsPaidBackBeforeAnythingIsGranted() {
        budget.reserve(100);
        budget.overdraw(30);
        budget.await(10, () -> granted.add("waited"));

        budget.release(30);
        assertThat(granted).isEmpty();

        budget.release(100);
        assertThat(granted).containsExactly("waited");
    }
}
