package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.server.util.timer.TimerTask;
import org.junit.jupiter.api.Test;

/// The timer on a clock and a thread that the test moves.
class CoordinatorTimerTest {
    private final SteppedThread thread = new SteppedThread();
    private final CoordinatorTimer timer = new CoordinatorTimer(thread, thread);
    private final List<String> rang = new ArrayList<>();

    @Test
    void aTaskRunsAtItsTimeAndNotBefore() {
        timer.add(alarm("a", 100));

        thread.advance(99);
        assertThat(rang).isEmpty();
        thread.advance(1);
        assertThat(rang).containsExactly("a");
        thread.advance(1000);
        assertThat(rang).containsExactly("a");
    }

    @Test
    void tasksRunInTheOrderOfTheirTimesWhateverOrderTheyCameIn() {
        timer.add(alarm("late", 300));
        timer.add(alarm("early", 100));
        timer.add(alarm("between", 200));

        thread.advance(150);
        timer.add(alarm("soon", 10));
        thread.advance(1000);

        assertThat(rang).containsExactly("early", "soon", "between", "late");
    }

    @Test
    void aCancelledTaskNeverRuns() {
        var cancelled = alarm("no", 100);
        timer.add(cancelled);
        timer.add(alarm("yes", 100));

        cancelled.cancel();
        thread.advance(1000);

        assertThat(rang).containsExactly("yes");
    }

    @Test
    void aTaskAddedAgainRunsOnceAtItsNewTime() {
        var again = alarm("again", 100);
        timer.add(again);
        thread.advance(60);
        timer.add(again);

        thread.advance(60);
        assertThat(rang).isEmpty();
        thread.advance(60);
        assertThat(rang).containsExactly("again");
    }

    @Test
    void aTaskThatFailsHoldsUpNoOther() {
        timer.add(
                new TimerTask(10) {
                    @Override
                    public void run() {
                        throw new IllegalStateException("on purpose");
                    }
                });
        timer.add(alarm("after", 20));

        thread.advance(100);

        assertThat(rang).containsExactly("after");
    }

    @Test
    void nothingWakesTheThreadWhenNothingIsToCome() {
        timer.add(alarm("a", 100));
        thread.advance(100);
        int woken = thread.woken();

        thread.advance(TimeUnit.DAYS.toMillis(1));

        assertThat(thread.woken()).isEqualTo(woken);
        assertThat(thread.waiting()).isZero();
    }

    @Test
    void manyTasksThatAreCancelledAtOnceCostOneWakeUpForEachOfTheirDelays() {
        // What a busy second of commits looks like: each sets a timeout of five seconds and cancels
        // it soon after.
        for (int i = 0; i < 1000; i++) {
            var timeout = alarm("timeout", 5000);
            timer.add(timeout);
            timeout.cancel();
            thread.advance(1);
        }
        thread.advance(60_000);

        assertThat(rang).isEmpty();
        assertThat(thread.woken()).isLessThan(5);
    }

    @Test
    void cancelledTasksDoNotPileUp() {
        for (int i = 0; i < 200_000; i++) {
            var timeout = alarm("timeout", 3_600_000);
            timer.add(timeout);
            timeout.cancel();
            if (i % 1000 == 0) {
                thread.advance(1);
            }
        }
        thread.advance(1);

        assertThat(timer.size()).isLessThan(10_000);
    }

    @Test
    void tasksCancelledAfterTheyWereSortedDoNotPileUpEither() {
        var older = new ArrayList<TimerTask>();
        for (int i = 0; i < 200_000; i++) {
            var session = alarm("session", 3_600_000);
            timer.add(session);
            older.add(session);
            if (i % 5000 == 4999) {
                thread.advance(1);
                older.forEach(TimerTask::cancel);
                older.clear();
            }
        }

        assertThat(timer.size()).isLessThan(30_000);
    }

    @Test
    void afterClosingNothingRuns() {
        timer.add(alarm("a", 100));
        timer.close();
        timer.add(alarm("b", 100));

        thread.advance(1000);

        assertThat(rang).isEmpty();
    }

    private TimerTask alarm(String name, long delayMillis) {
        return new TimerTask(delayMillis) {
            @Override
            public void run() {
                rang.add(name);
            }
        };
    }

    /// A thread whose time passes only when the test says so, and the clock that it lives by.
    private static final class SteppedThread implements CoordinatorThread, Clock {
        private record Planned(long atMillis, Runnable task) {}

        private final PriorityQueue<Planned> planned =
                new PriorityQueue<>(Comparator.comparingLong(Planned::atMillis));
        private long nowMillis = 1_000_000;
        private int woken;

        @Override
        public void execute(Runnable task) {
            later(task, 0);
        }

        @Override
        public void later(Runnable task, long delayMillis) {
            planned.add(new Planned(nowMillis + delayMillis, task));
        }

        void advance(long millis) {
            long until = nowMillis + millis;
            for (var next = planned.peek();
                    next != null && next.atMillis() <= until;
                    next = planned.peek()) {
                planned.remove();
                nowMillis = Math.max(nowMillis, next.atMillis());
                woken++;
                next.task().run();
            }
            nowMillis = until;
        }

        int woken() {
            return woken;
        }

        int waiting() {
            return planned.size();
        }

        @Override
        public long millis() {
            return nowMillis;
        }

        @Override
        public long nanos() {
            return TimeUnit.MILLISECONDS.toNanos(nowMillis);
        }
    }
}
