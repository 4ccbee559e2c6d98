package io.sluice.broker.policy;

import java.util.Arrays;

/// The latest so many deliveries, whenever they were: a ring of two bits each.
final class LatestCalls implements CallWindow {
    private static final byte FAILED = 1;
    private static final byte SLOW = 2;

    private final byte[] ring;
    private int next;
    private int calls;
    private int failed;
    private int slow;

    LatestCalls(int size) {
        ring = new byte[size];
    }

    @Override
    public void add(boolean hasFailed, boolean wasSlow, long nowMillis) {
        if (calls == ring.length) {
            count(ring[next], -1);
        } else {
            calls++;
        }
        ring[next] = (byte) ((hasFailed ? FAILED : 0) | (wasSlow ? SLOW : 0));
        count(ring[next], 1);
        next = next + 1 == ring.length ? 0 : next + 1;
    }

    @Override
    public void addFine(int more, long nowMillis) {
        if (more >= ring.length) {
            Arrays.fill(ring, (byte) 0);
            clear();
            calls = ring.length;
            return;
        }
        for (int left = more; left > 0; left--) {
            add(false, false, nowMillis);
        }
    }

    private void count(byte call, int by) {
        if (call != 0) {
            failed += (call & FAILED) != 0 ? by : 0;
            slow += (call & SLOW) != 0 ? by : 0;
        }
    }

    /// Time makes nothing old here.
    @Override
    public void advance(long nowMillis) {}

    @Override
    public void clear() {
        next = 0;
        calls = 0;
        failed = 0;
        slow = 0;
    }

    @Override
    public int calls() {
        return calls;
    }

    @Override
    public int failed() {
        return failed;
    }

    @Override
    public int slow() {
        return slow;
    }
}
