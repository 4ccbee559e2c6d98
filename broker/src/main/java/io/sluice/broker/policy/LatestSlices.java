package io.sluice.broker.policy;

import java.util.Arrays;

/// The deliveries of the latest so many slices of time, the present one included: counters per slice in a ring.
final class LatestSlices implements CallWindow {
    private static final long NONE = Long.MIN_VALUE;

    private final long sliceMillis;
    private final int[] calls;
    private final int[] failed;
    private final int[] slow;
    private long present = NONE;

    /// When the present slice ends.
    private long endsMillis = NONE;

    private int at;
    private int allCalls;
    private int allFailed;
    private int allSlow;

    LatestSlices(int slices, long sliceMillis) {
        this.sliceMillis = sliceMillis;
        this.calls = new int[slices];
        this.failed = new int[slices];
        this.slow = new int[slices];
    }

    @Override
    public void add(boolean hasFailed, boolean wasSlow, long nowMillis) {
        if (nowMillis >= endsMillis) {
            advance(nowMillis);
        }
        calls[at]++;
        allCalls++;
        if (hasFailed) {
            failed[at]++;
            allFailed++;
        }
        if (wasSlow) {
            slow[at]++;
            allSlow++;
        }
    }

    @Override
    public void addFine(int more, long nowMillis) {
        if (nowMillis >= endsMillis) {
            advance(nowMillis);
        }
        calls[at] += more;
        allCalls += more;
    }

    /// A clock that is set back counts into the present slice.
    @Override
    public void advance(long nowMillis) {
        long slice = nowMillis / sliceMillis;
        if (present == NONE || slice - present >= calls.length) {
            clear();
            present = slice;
        }
        for (; present < slice; present++) {
            at = at + 1 == calls.length ? 0 : at + 1;
            allCalls -= calls[at];
            allFailed -= failed[at];
            allSlow -= slow[at];
            calls[at] = 0;
            failed[at] = 0;
            slow[at] = 0;
        }
        endsMillis = (present + 1) * sliceMillis;
    }

    @Override
    public void clear() {
        present = NONE;
        endsMillis = NONE;
        if (allCalls > 0) {
            Arrays.fill(calls, 0);
            Arrays.fill(failed, 0);
            Arrays.fill(slow, 0);
        }
        allCalls = 0;
        allFailed = 0;
        allSlow = 0;
    }

    @Override
    public int calls() {
        return allCalls;
    }

    @Override
    public int failed() {
        return allFailed;
    }

    @Override
    public int slow() {
        return allSlow;
    }
}
