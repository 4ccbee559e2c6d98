package io.sluice.engine.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which batches that are not known to have been forced count.
class JournalEndTest {
    private static final Entry A = new Entry.Reference(3, 0, 100, 1, 0);
    private static final Entry B = new Entry.Bytes(3, 100, 100, 1, 0);
    private static final Entry C = new Entry.Reference(3, 200, 100, 1, 0);
    private static final Entry DELETED = new Entry.Deleted(3);

    private final StoredLog log = new StoredLog(3, "three");
    private final JournalEnd end = new JournalEnd(Map.of(3L, log), 7);

    @Test
    void whatIsSoundCounts() {
        end.add(batch(8, A), List.of());
        end.add(batch(9, B, C), List.of());
        assertThat(end.last()).isEqualTo(9);
    }

    @Test
    void theJournalEndsBeforeABatchThatMissesSomething() {
        end.add(batch(8, A), List.of());
        end.add(batch(9, B), List.of(B));
        end.add(batch(10, C), List.of());
        assertThat(end.last()).isEqualTo(8);
    }

    @Test
    void aLaterBatchThatDeletesTheLogMakesGoodForWhatIsMissing() {
        end.add(batch(8, A), List.of(A));
        end.add(batch(9, C), List.of());
        end.add(batch(10, DELETED), List.of());
        assertThat(end.last()).isEqualTo(10);
    }

    @Test
    void oneThatIsTornItselfDoesNot() {
        var other = new Entry.Bytes(4, 0, 10, 1, 0);
        end.add(batch(8, A), List.of(A));
        end.add(batch(9, new Entry.Created(4, "four"), DELETED, other), List.of(other));
        assertThat(end.last()).isEqualTo(7);
    }

    @Test
    void oneThatTrimsTheLogMakesGoodForWhatLiesWhollyBeforeThere() {
        end.add(batch(8, A, C), List.of(A));
        end.add(batch(9, new Entry.Trimmed(3, 99)), List.of());
        assertThat(end.last()).isEqualTo(7);
        end.add(batch(10, new Entry.Trimmed(3, 100)), List.of());
        assertThat(end.last()).isEqualTo(10);
    }

    @Test
    void theDeletionOfAnotherLogDoesNot() {
        end.add(batch(8, A), List.of(A));
        end.add(batch(9, new Entry.Deleted(4), new Entry.Trimmed(4, 1000)), List.of());
        assertThat(end.last()).isEqualTo(7);
    }

    @Test
    void whatACheckpointHasSettledOrTrimmedIsNotMissing() {
        log.start = 100;
        log.settled = 200;
        end.add(batch(8, A, B), List.of(A, B));
        assertThat(end.last()).isEqualTo(8);
        end.add(batch(9, C), List.of(C));
        assertThat(end.last()).isEqualTo(8);
    }

    @Test
    void nothingIsMissingOfALogThatTheCheckpointLeavesOut() {
        var gone = new Entry.Reference(5, 0, 100, 1, 0);
        end.add(batch(8, gone), List.of(gone));
        assertThat(end.last()).isEqualTo(8);
    }

    @Test
    void aLogThatAppearedSinceMissesWhatIsMissing() {
        var fresh = new Entry.Reference(5, 0, 100, 1, 0);
        end.add(batch(8, new Entry.Created(5, "five"), fresh), List.of(fresh));
        assertThat(end.last()).isEqualTo(7);
        end.add(batch(9, new Entry.Deleted(5)), List.of());
        assertThat(end.last()).isEqualTo(9);
    }

    private static BatchHead batch(long number, Entry... entries) {
        return new BatchHead(1, number, 7, 1, 1, List.of(entries));
    }
}
