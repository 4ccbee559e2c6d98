package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmsTest {
    private final Confirms confirms = new Confirms();

    private static List<String> told(Confirms confirms) {
        var words = new ArrayList<String>();
        confirms.tell(
                new Confirms.Teller() {
                    @Override
                    public void acknowledge(long last, boolean multiple) {
                        words.add((multiple ? "ack up to " : "ack ") + last);
                    }

                    @Override
                    public void refuse(long last, boolean multiple) {
                        words.add((multiple ? "nack up to " : "nack ") + last);
                    }
                });
        return words;
    }

    @Test
    void publishesCountFromOne() {
        assertThat(confirms.published(1)).isEqualTo(1);
        assertThat(confirms.published(1)).isEqualTo(2);
        assertThat(confirms.untold()).isEqualTo(2);
    }

    @Test
    void nobodyIsToldBeforeTheAppendHasComeBack() {
        confirms.published(1);

        assertThat(told(confirms)).isEmpty();

        confirms.settled(1, 1, false);
        assertThat(told(confirms)).containsExactly("ack 1");
        assertThat(told(confirms)).isEmpty();
        assertThat(confirms.untold()).isZero();
    }

    @Test
    void whatHasNoQueueIsSafeAtOnce() {
        confirms.published(0);

        assertThat(told(confirms)).containsExactly("ack 1");
    }

    @Test
    void aPublishWaitsForAllItsQueues() {
        confirms.published(2);
        confirms.settled(1, 1, false);
        assertThat(told(confirms)).isEmpty();

        confirms.settled(1, 1, false);

        assertThat(told(confirms)).containsExactly("ack 1");
    }

    @Test
    void whatOneOfItsQueuesRefusesIsRefusedOnceAllHaveAnswered() {
        confirms.published(3);
        confirms.settled(1, 1, false);
        confirms.settled(1, 1, true);
        assertThat(told(confirms)).isEmpty();

        confirms.settled(1, 1, false);

        assertThat(told(confirms)).containsExactly("nack 1");
    }

    @Test
    void oneWordCoversTheRunAtTheFront() {
        for (int i = 0; i < 5; i++) {
            confirms.published(1);
        }
        confirms.settled(1, 3, false);

        assertThat(told(confirms)).containsExactly("ack up to 3");
        assertThat(confirms.untold()).isEqualTo(2);
    }

    @Test
    void whoWaitsBehindAnOlderOneIsToldWithIt() {
        confirms.published(1);
        confirms.published(1);
        confirms.published(1);
        confirms.settled(2, 3, false);
        assertThat(told(confirms)).isEmpty();

        confirms.settled(1, 1, false);

        assertThat(told(confirms)).containsExactly("ack up to 3");
    }

    @Test
    void aRefusedOneEndsTheRun() {
        for (int i = 0; i < 6; i++) {
            confirms.published(1);
        }
        confirms.settled(1, 2, false);
        confirms.settled(3, 4, true);
        confirms.settled(5, 6, false);

        assertThat(told(confirms)).containsExactly("ack up to 2", "nack up to 4", "ack up to 6");
    }

    @Test
    void everyPublishHasOneVerdictHoweverItsAppendsComeBack() {
        for (long seed = 1; seed <= 300; seed++) {
            Rng.run(seed, ConfirmsTest::publishAndSettle);
        }
    }

    private static void publishAndSettle(Rng rng) {
        var confirms = new Confirms();
        var appends = new HashMap<Long, Integer>();
        var underWay = new ArrayList<Long>();
        var refused = new HashSet<Long>();
        var verdicts = new ArrayList<Boolean>();
        long last = 0;
        for (int step = 0; step < 400; step++) {
            if (rng.chance(60)) {
                int count = rng.below(4);
                last = confirms.published(count);
                appends.put(last, count);
                underWay.addAll(Collections.nCopies(count, last));
            }
            for (int i = Math.min(underWay.size(), rng.below(4)); i > 0; i--) {
                // Mostly in their order, as from a log.
                long number = underWay.remove(rng.chance(70) ? 0 : rng.below(underWay.size()));
                boolean no = rng.chance(10);
                confirms.settled(number, number, no);
                appends.merge(number, -1, Integer::sum);
                if (no) {
                    refused.add(number);
                }
            }
            collect(confirms, verdicts);
            assertThat(confirms.untold()).isEqualTo(last - verdicts.size());
            long oldest = verdicts.size() + 1L;
            if (oldest <= last) {
                assertThat(appends.get(oldest)).as("what it waits for").isPositive();
            }
        }
        for (long number : underWay) {
            confirms.settled(number, number, false);
        }
        collect(confirms, verdicts);
        assertThat(verdicts).hasSize((int) last);
        for (int i = 0; i < verdicts.size(); i++) {
            assertThat(verdicts.get(i)).isEqualTo(!refused.contains(i + 1L));
        }
    }

    private static void collect(Confirms confirms, List<Boolean> verdicts) {
        confirms.tell(
                new Confirms.Teller() {
                    @Override
                    public void acknowledge(long last, boolean multiple) {
                        add(last, multiple, true);
                    }

                    @Override
                    public void refuse(long last, boolean multiple) {
                        add(last, multiple, false);
                    }

                    private void add(long last, boolean multiple, boolean taken) {
                        assertThat(last > verdicts.size() + 1).isEqualTo(multiple);
                        while (verdicts.size() < last) {
                            verdicts.add(taken);
                        }
                    }
                });
    }
}
