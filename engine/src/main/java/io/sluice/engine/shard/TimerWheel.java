package io.sluice.engine.shard;

import org.jspecify.annotations.Nullable;

/// Timers in constant time: a hierarchy of wheels with 64 slots each, one millisecond per slot in the lowest.
///
/// A timer lies in the wheel of the highest group of six bits in which its deadline differs from the present, so every timer of
/// a lower wheel is due before every timer of a higher one, and a bit per slot finds the next without a search. When time reaches
/// a slot of a higher wheel, its timers move down. Owned by its shard's loop.
///
/// ```text
///   deadline  ... | 6 bits | 6 bits | 6 bits |
///   wheel             2        1        0      ms per slot: 4096, 64, 1
/// ```
public final class TimerWheel {
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int WHEELS = (Long.SIZE + BITS - 1) / BITS;

    private final @Nullable Timer[] slots = new Timer[WHEELS * SLOTS];
    private final long[] occupied = new long[WHEELS];
    private long nowMillis;
    private int size;

    /// @param nowMillis the present on any scale that only grows
    public TimerWheel(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /// Something that happens at its deadline, once per scheduling.
    public abstract static class Timer {
        private @Nullable Timer previous;
        private @Nullable Timer next;
        private long deadlineMillis;
        private int slot = -1;

        /// The deadline has come. May schedule and cancel any timer, itself too.
        protected abstract void expired();

        public final boolean scheduled() {
            return slot >= 0;
        }

        /// A timer that runs `task`.
        public static Timer of(Runnable task) {
            return new Timer() {
                @Override
                protected void expired() {
                    task.run();
                }
            };
        }
    }

    /// Sets `timer` to expire at `deadlineMillis`, in place of when it was set to before. A deadline that has passed is due at
    /// the next millisecond.
    public void schedule(Timer timer, long deadlineMillis) {
        cancel(timer);
        timer.deadlineMillis = Math.max(deadlineMillis, nowMillis + 1);
        insert(timer);
        size++;
    }

    /// The timer will not expire; nothing happens when it was not set.
    public void cancel(Timer timer) {
        if (timer.scheduled()) {
            remove(timer);
            size--;
        }
    }

    /// Lets everything expire that is due at `untilMillis`.
    ///
    /// @return whether anything did
    public boolean advance(long untilMillis) {
        boolean any = false;
        for (int wheel = firstOccupied(); wheel < WHEELS; wheel = firstOccupied()) {
            int slot = Long.numberOfTrailingZeros(occupied[wheel]);
            long startMillis = startOf(wheel, slot);
            if (startMillis > untilMillis) {
                break;
            }
            nowMillis = startMillis;
            any |= empty(wheel * SLOTS + slot);
        }
        nowMillis = Math.max(nowMillis, untilMillis);
        return any;
    }

    /// When [#advance] may have something to do: never later than the first deadline, `Long.MAX_VALUE` when no timer is set.
    public long nextMillis() {
        int wheel = firstOccupied();
        return wheel == WHEELS
                ? Long.MAX_VALUE
                : startOf(wheel, Long.numberOfTrailingZeros(occupied[wheel]));
    }

    /// How many timers are set.
    public int size() {
        return size;
    }

    private boolean empty(int slot) {
        boolean any = false;
        for (var timer = slots[slot]; timer != null; timer = slots[slot]) {
            remove(timer);
            if (timer.deadlineMillis > nowMillis) {
                insert(timer);
            } else {
                size--;
                any = true;
                timer.expired();
            }
        }
        return any;
    }

    private int firstOccupied() {
        int wheel = 0;
        while (wheel < WHEELS && occupied[wheel] == 0) {
            wheel++;
        }
        return wheel;
    }

    /// All timers of a wheel agree with the present in every higher bit.
    private long startOf(int wheel, int slot) {
        int shift = wheel * BITS;
        int above = shift + BITS;
        long higher = above >= Long.SIZE ? 0 : nowMillis >>> above << above;
        return higher | (long) slot << shift;
    }

    private void insert(Timer timer) {
        int wheel =
                (Long.SIZE - 1 - Long.numberOfLeadingZeros(timer.deadlineMillis ^ nowMillis))
                        / BITS;
        int slot = (int) (timer.deadlineMillis >>> (wheel * BITS)) & (SLOTS - 1);
        timer.slot = wheel * SLOTS + slot;
        var head = slots[timer.slot];
        timer.next = head;
        if (head != null) {
            head.previous = timer;
        }
        slots[timer.slot] = timer;
        occupied[wheel] |= 1L << slot;
    }

    private void remove(Timer timer) {
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        if (timer.previous != null) {
            timer.previous.next = timer.next;
        } else {
            slots[timer.slot] = timer.next;
            if (timer.next == null) {
                occupied[timer.slot / SLOTS] &= ~(1L << timer.slot % SLOTS);
            }
        }
        timer.previous = null;
        timer.next = null;
        timer.slot = -1;
    }
}
