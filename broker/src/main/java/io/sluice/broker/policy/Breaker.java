package io.sluice.broker.policy;

import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import org.jspecify.annotations.Nullable;

/// Stops deliveries while they fail, and finds out when they may go on.
///
/// ```text
///              too many fail, are slow, or die                    its time has come
///    CLOSED ────────────────────────────────────▶ OPEN ◀───────────────────────────────▶ HALF_OPEN
///      ▲                                       first, then twice     a probe failed          │
///      └─────────────────────────────────────────────────────────────────────────────────────┘
///                            so many probes have succeeded, one after the other
///    any ──somebody wants it──▶ FORCED_OPEN ──somebody wants it──▶ CLOSED
/// ```
///
/// Pure: time is handed in. What is counted (the window, probes) changes as it is told and is forgotten with the process; the state is journalled: it
/// changes by [#apply] alone, with what the other methods return.
///
/// Owned by whoever owns what it breaks.
public final class Breaker {
    /// Deaths are counted in slices of their window: the eldest is forgotten a sixteenth of it early.
    private static final int DEATH_SLICES = 16;

    private final BreakerPolicy policy;
    private final CallWindow window;
    private final int minimumCalls;
    private final @Nullable LatestSlices deaths;
    private BreakerState state;
    private boolean probing;
    private int succeeded;

    /// @param state as it was left; its window and probes begin anew
    public Breaker(BreakerPolicy policy, BreakerState state) {
        this.policy = policy;
        this.state = state;
        this.window =
                policy.inSeconds()
                        ? new LatestSlices(policy.windowSize(), 1_000)
                        : new LatestCalls(policy.windowSize());
        this.minimumCalls =
                policy.inSeconds()
                        ? policy.minimumCalls()
                        : Math.min(policy.minimumCalls(), policy.windowSize());
        this.deaths =
                policy.deadLetters() > 0
                        ? new LatestSlices(
                                DEATH_SLICES,
                                Math.max(1, policy.deadLettersWindowMillis() / DEATH_SLICES))
                        : null;
    }

    public BreakerPolicy policy() {
        return policy;
    }

    public BreakerState state() {
        return state;
    }

    public boolean isClosed() {
        return state.state() == State.CLOSED;
    }

    /// Whether deliveries have stopped, but for those that somebody has already.
    public boolean isOpen() {
        return state.state() == State.OPEN || state.state() == State.FORCED_OPEN;
    }

    /// How many messages may be handed out now.
    public int room() {
        return switch (state.state()) {
            case CLOSED -> Integer.MAX_VALUE;
            case HALF_OPEN -> probing ? 0 : 1;
            case OPEN, FORCED_OPEN -> 0;
        };
    }

    /// Whether a delivery that took so long was slow.
    public boolean isSlow(long millis) {
        return policy.slowPercent() > 0 && millis > policy.slowCallMillis();
    }

    // ---- what happens: each returns the step to take, or null

    /// A delivery that was no probe has ended. While it is not closed that says nothing: it began before.
    public @Nullable BreakerTransition ended(boolean failed, boolean slow, long nowMillis) {
        if (!isClosed()) {
            return null;
        }
        window.add(failed, slow, nowMillis);
        return counted(nowMillis);
    }

    /// So many, one or more, have ended that were no probes, neither failed nor slow: the same as one after the other.
    public @Nullable BreakerTransition succeeded(int calls, long nowMillis) {
        if (!isClosed()) {
            return null;
        }
        window.advance(nowMillis);
        // Failures before them can open it now: at the first, as time has taken others away, or at
        // the one that makes the minimum full. All behind it only make the rate
        // smaller.
        int first = Math.clamp((long) minimumCalls - window.calls(), 1, calls);
        window.addFine(first, nowMillis);
        var transition = counted(nowMillis);
        if (transition == null) {
            window.addFine(calls - first, nowMillis);
        }
        return transition;
    }

    private @Nullable BreakerTransition counted(long nowMillis) {
        if (window.failed() + window.slow() == 0) {
            return null;
        }
        int calls = window.calls();
        if (calls < minimumCalls) {
            return null;
        }
        if (reaches(window.failed(), policy.failurePercent(), calls)) {
            return opened(window.failed() + " of " + calls + " deliveries failed", nowMillis);
        }
        if (reaches(window.slow(), policy.slowPercent(), calls)) {
            return opened(
                    window.slow()
                            + " of "
                            + calls
                            + " deliveries took longer than "
                            + policy.slowCallMillis()
                            + " ms",
                    nowMillis);
        }
        return null;
    }

    private static boolean reaches(int some, int percent, int calls) {
        return percent > 0 && 100L * some >= (long) percent * calls;
    }

    /// A message has become a dead letter after somebody had it.
    public @Nullable BreakerTransition died(long nowMillis) {
        if (deaths == null || !isClosed()) {
            return null;
        }
        deaths.add(false, false, nowMillis);
        return deaths.calls() < policy.deadLetters()
                ? null
                : opened(
                        deaths.calls()
                                + " messages died within "
                                + policy.deadLettersWindowMillis()
                                + " ms",
                        nowMillis);
    }

    /// Time has passed.
    public @Nullable BreakerTransition passed(long nowMillis) {
        return state.state() == State.OPEN && nowMillis >= state.untilMillis()
                ? new BreakerTransition.HalfOpened(nowMillis)
                : null;
    }

    /// A probe is handed out.
    public void probes() {
        assert state.state() == State.HALF_OPEN && !probing : "one probe at a time, half open";
        probing = true;
    }

    /// The probe has ended.
    ///
    /// @param failed also when it was slow
    public @Nullable BreakerTransition probed(boolean failed, long nowMillis) {
        if (!probing) {
            return null;
        }
        probing = false;
        if (failed) {
            return opened("a probe failed", nowMillis);
        }
        return ++succeeded < policy.probes()
                ? null
                : new BreakerTransition.Closed(nowMillis, succeeded);
    }

    /// The probe came back without anybody having looked at it.
    public void unprobed() {
        probing = false;
    }

    /// Somebody wants deliveries to stop.
    public @Nullable BreakerTransition forced(long nowMillis) {
        return state.state() == State.FORCED_OPEN
                ? null
                : new BreakerTransition.Opened(
                        nowMillis, BreakerTransition.BY_HAND, "opened by hand");
    }

    /// Somebody wants deliveries to go on.
    public @Nullable BreakerTransition closed(long nowMillis) {
        if (isClosed()) {
            forget();
            return null;
        }
        return new BreakerTransition.Closed(nowMillis, 0);
    }

    private BreakerTransition opened(String reason, long nowMillis) {
        long millis =
                state.openMillis() == 0
                        ? policy.openMillis()
                        : Math.min(2 * state.openMillis(), policy.openMaxMillis());
        return new BreakerTransition.Opened(nowMillis, nowMillis + millis, reason);
    }

    /// Takes a step: one of its own, as soon as it was returned.
    public void apply(BreakerTransition transition) {
        state = state.after(transition);
        probing = false;
        succeeded = 0;
        if (isClosed()) {
            forget();
        }
    }

    private void forget() {
        window.clear();
        if (deaths != null) {
            deaths.clear();
        }
    }

    /// @param openings how often it has opened
    public BreakerView view(long nowMillis, long openings) {
        window.advance(nowMillis);
        return new BreakerView(
                state.state(),
                state.reason(),
                state.sinceMillis(),
                state.untilMillis(),
                window.calls(),
                window.failed(),
                window.slow(),
                openings);
    }
}
