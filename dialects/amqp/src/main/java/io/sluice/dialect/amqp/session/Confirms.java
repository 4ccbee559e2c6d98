package io.sluice.dialect.amqp.session;

/// Which of a channel's publishes are safe, and what to tell the publisher.
///
/// Publishes count from 1. Each waits for as many appends as it has queues; when they have all come back it is settled. Told is only
/// the front run of settled ones, so that one `multiple` covers them: whoever waits behind an older one would not be
/// told much later anyway, as appends come back in about the order in which they went.
///
/// ```text
///   told        front                       next
///    1 2 3 4 5 │ 6      7      8      9     │ 10
///              │ safe   safe   2      safe  │         waiting: for 2 appends
/// ```
final class Confirms {
    private static final int FIRST_ROOM = 64;

    /// In a number's place: every append has come back, one of them refused.
    private static final int FAILED = 1 << 30;

    /// Where answers go.
    interface Teller {
        void acknowledge(long last, boolean multiple);

        void refuse(long last, boolean multiple);
    }

    /// Appends that each publish waits for, at `number & (length - 1)`; [#FAILED] is added when one was refused.
    private int[] waiting = new int[FIRST_ROOM];

    private long front = 1;
    private long next = 1;

    /// The number of a new publish, which waits for so many appends.
    long published(int appends) {
        if (next - front == waiting.length) {
            grow();
        }
        waiting[place(next)] = appends;
        return next++;
    }

    /// One append of each of these publishes has come back.
    void settled(long first, long last, boolean refused) {
        for (long number = first; number <= last; number++) {
            int at = place(number);
            assert (waiting[at] & ~FAILED) > 0 : "a publish is settled once per queue: " + number;
            waiting[at]--;
            if (refused) {
                waiting[at] |= FAILED;
            }
        }
    }

    /// How many the publisher has not heard of.
    long untold() {
        return next - front;
    }

    /// Tells of what is settled at the front.
    void tell(Teller teller) {
        while (front < next && isSettled(front)) {
            boolean failed = waiting[place(front)] == FAILED;
            long last = front;
            while (last + 1 < next && waiting[place(last + 1)] == waiting[place(front)]) {
                last++;
            }
            boolean multiple = last > front;
            front = last + 1;
            if (failed) {
                teller.refuse(last, multiple);
            } else {
                teller.acknowledge(last, multiple);
            }
        }
    }

    private boolean isSettled(long number) {
        return (waiting[place(number)] & ~FAILED) == 0;
    }

    private int place(long number) {
        return (int) number & (waiting.length - 1);
    }

    private void grow() {
        var larger = new int[2 * waiting.length];
        for (long number = front; number < next; number++) {
            larger[(int) number & (larger.length - 1)] = waiting[place(number)];
        }
        waiting = larger;
    }
}
