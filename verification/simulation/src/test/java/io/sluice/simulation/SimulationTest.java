package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.simulation.broker.BrokerSimulation;
import io.sluice.simulation.log.LogStoreSimulation;
import io.sluice.simulation.queue.QueueSimulation;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole engine on a simulated disk and clock. A failure's first line is its seed; see docs/TESTING.md for how to replay it.
class SimulationTest {
    /// How long fresh seeds run, in seconds: `-Dsluice.simulation.seconds=3600` for an hour. With `-Dsluice.simulation.seed=N` that one history
    /// runs again instead.
    private static final long SECONDS = Long.getLong("sluice.simulation.seconds", 60);

    private static final int CRASHES = 200;

    /// Where each history ends with one more crash.
    private static final int CRASHES_TWICE = 2 * CRASHES;

    private final Tally tally = new Tally();

    @Test
    void freshHistoriesBreakNoInvariant() {
        var again = Long.getLong("sluice.simulation.seed");
        if (again != null) {
            Simulate.history(again, tally);
            return;
        }
        Simulate.freshFor(SECONDS, tally);
        System.out.println(tally);
        assertThat(tally.crashes).isPositive();
        assertThat(tally.acknowledged).isPositive();
    }

    /// Seeds that found something once; each tells another history when the store does its work in another order. The first one: a torn batch was
    /// left behind the journal's end, and the next batch of the same number went to another file. The second and the third: an opening whose only
    /// batch was unreadable was not counted, so that what it left was taken for the next one's. The fourth: a log was deleted and its files went,
    /// before anything on the disk said that the batches that refer to them had been forced, so that these were taken for torn.
    @ParameterizedTest
    @ValueSource(
            longs = {
                -8635779414314830139L,
                -3531684794540075516L,
                2114182168314283941L,
                5508319889746003684L
            })
    void aLogStoreLivesThroughTheHistoriesThatOnceFailed(long seed) throws IOException {
        LogStoreSimulation.history(seed, tally);
        assertThat(tally.acknowledged).isPositive();
    }

    /// A start forced what an earlier process had failed to force, and this forced nothing: segments in the first history, batches in the second.
    @ParameterizedTest
    @ValueSource(longs = {6470670479158927639L, -7302044517281375577L})
    void whatFailedToBeForcedLastsOnceALaterProcessHasFoundIt(long seed) throws IOException {
        LogStoreSimulation.killed(seed, tally);
        assertThat(tally.acknowledged).isPositive();
    }

    /// A compaction took away records before the reader came to them, as there were newer ones behind the end that he had asked for.
    @Test
    void aReaderIsOvertakenByACompaction() throws IOException {
        BrokerSimulation.history(-5789856270856248968L, tally);
        assertThat(tally.acknowledged).isPositive();
    }

    /// Four histories in which ten tries to read a dead letter failed in a row, and it went on without its body. Two in which a receipt gave a message back, a
    /// consumer got it before that was answered, and a later receipt hid it from everybody but him: he may give it back before that time is up.
    @ParameterizedTest
    @ValueSource(
            longs = {
                -2126503391646395949L,
                -7085844620754292566L,
                -6806517856136170892L,
                6790962518576806290L,
                -5582241716494913583L,
                -1529918145760477004L
            })
    void queuesLiveThroughTheHistoriesThatOnceFailed(long seed) throws IOException {
        QueueSimulation.history(seed, tally);
        assertThat(tally.acknowledged).isPositive();
    }

    @Test
    void aLogStoreIsCrashedAtEveryBoundaryOfAHistory() throws IOException {
        for (long seed = 1; tally.crashes < CRASHES_TWICE; seed++) {
            LogStoreSimulation.everyBoundary(seed, 150, tally);
        }
        assertThat(tally.acknowledged).isPositive();
    }

    @Test
    void queuesAreCrashedAtEveryBoundaryOfAHistory() throws IOException {
        for (long seed = 1; tally.crashes < CRASHES; seed++) {
            QueueSimulation.everyBoundary(seed, 250, tally);
        }
        assertThat(tally.acknowledged).isPositive();
    }

    /// Otherwise what is checked of them would be checked of nothing.
    @Test
    void queuesMeetOpenAndHalfOpenBreakers() throws IOException {
        for (long seed = 1; seed <= 30; seed++) {
            QueueSimulation.history(seed, tally);
        }
        assertThat(tally.open).isGreaterThan(1_000);
        assertThat(tally.halfOpen).isGreaterThan(1_000);
    }

    @Test
    void aBrokerIsCrashedAtEveryBoundaryOfAHistory() throws IOException {
        for (long seed = 1; tally.crashes < CRASHES_TWICE; seed++) {
            BrokerSimulation.everyBoundary(seed, 400, tally);
        }
        assertThat(tally.acknowledged).isPositive();
    }
}
