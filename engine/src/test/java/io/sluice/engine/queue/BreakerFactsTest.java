package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.policy.BreakerState;
import io.sluice.broker.policy.BreakerTransition;
import io.sluice.broker.policy.BreakerTransition.Closed;
import io.sluice.broker.policy.BreakerTransition.HalfOpened;
import io.sluice.broker.policy.BreakerTransition.Opened;
import io.sluice.broker.queue.BreakerView.State;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What the state log says of a breaker.
class BreakerFactsTest {
    private final QueueReplay replay = new QueueReplay(0);

    @Test
    void everyStepHasTheseBytes() {
        var facts = new QueueFacts();
        facts.breaker(new Opened(3, 4, "a"));
        facts.breaker(new HalfOpened(5));
        facts.breaker(new Closed(6, 7));
        assertThat(HexFormat.of().formatHex(drained(facts).array()))
                .isEqualTo("01" + "1506080261" + "160a" + "170c0e");
    }

    @Test
    void itStandsInASnapshotAsSectionTwoUnlessItHasNeverOpened() {
        var state = new QueueState(0);
        int before = snapshot(state).remaining();
        state.breaker(new Opened(3, 4, "a"));
        assertThat(HexFormat.of().formatHex(snapshot(state).array()))
                .endsWith("02" + "04" + "00000006" + "01" + "06" + "08" + "02" + "0261");
        assertThat(snapshot(state).remaining()).isGreaterThan(before);
    }

    @RepeatedTest(20)
    void replayedFromFactsAndFromASnapshotItStandsWhereItStood() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var state = new QueueState(0);
                    for (int i = 0; i < 20; i++) {
                        var step = step(rng);
                        var facts = new QueueFacts();
                        state.breaker(step);
                        facts.breaker(step);
                        replay.facts(drained(facts));
                        assertThat(replay.state().breaker()).isEqualTo(state.breaker());
                        if (rng.chance(20)) {
                            replay.snapshot(snapshot(state));
                            assertThat(replay.state().breaker()).isEqualTo(state.breaker());
                        }
                    }
                });
    }

    @Test
    void aLongReasonIsCutAndAnyLetterIsKept() {
        var state = new QueueState(0);
        state.breaker(new Opened(1, Long.MAX_VALUE, "\u20ac".repeat(5_000)));
        replay.snapshot(snapshot(state));
        assertThat(replay.state().breaker())
                .isEqualTo(
                        new BreakerState(
                                State.OPEN,
                                "\u20ac".repeat(200),
                                1,
                                Long.MAX_VALUE,
                                Long.MAX_VALUE - 1));
    }

    private static BreakerTransition step(Rng rng) {
        long now = rng.below(1_000_000);
        return switch (rng.below(4)) {
            case 0 -> new Opened(now, now + 1 + rng.below(9_000), "why " + rng.below(1_000));
            case 1 -> new Opened(now, BreakerTransition.BY_HAND, "");
            case 2 -> new HalfOpened(now);
            default -> new Closed(now, rng.below(5));
        };
    }

    private static ByteBuffer drained(QueueFacts facts) {
        var whole = ByteBuffer.allocate(facts.size() + 1);
        facts.drainTo(whole);
        return exactly(whole);
    }

    private static ByteBuffer snapshot(QueueState state) {
        var whole = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, 0, whole);
        return exactly(whole);
    }

    private static ByteBuffer exactly(ByteBuffer written) {
        var bytes = new byte[written.flip().remaining()];
        written.get(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
