package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueFactsTest {
    private final QueueFacts facts = new QueueFacts();

    @Test
    void nothingHasNoBytes() {
        assertThat(facts.isEmpty()).isTrue();
        assertThat(facts.size()).isZero();
        assertThat(drained()).isEqualTo("01");
    }

    /// Some messages are given back at once: each failure says all that it says only once.
    @Test
    void failuresThatFollowEachOtherAreOneFactBesideTheirReturns() {
        var failed = new Failed(5, "c", "e", "", 3);
        for (long offset = 100; offset < 1_100; offset++) {
            facts.failed(offset, failed);
            facts.returned(offset, true, 2_000 + offset);
        }
        var replay = new QueueReplay(0);
        for (long offset = 0; offset < 1_100; offset++) {
            replay.state().leased(offset, new Holder(1), 0, 0);
        }
        var bytes = ByteBuffer.allocate(facts.size() + 1);
        facts.drainTo(bytes);
        assertThat(bytes.position()).isLessThan(1_000 * 9);
        replay.facts(bytes.flip());
        assertThat(replay.state().failures().size()).isEqualTo(1_000);
        assertThat(replay.state().failures().of(1_099).latest()).containsExactly(failed.attempt());
        assertThat(replay.state().delayedCount()).isEqualTo(1_000);
    }

    @Test
    void everyFactHasTheseBytes() {
        facts.leased(3, 0);
        facts.settled(4);
        facts.gone(5, 7);
        facts.returned(8, true, 64);
        facts.passed(9);
        facts.due(10);
        facts.dying(11, Reason.MAXLEN, 12);
        facts.extended(13, 14);
        facts.producer(15);
        facts.begun(
                new Outbox.Round(
                        2,
                        List.of(
                                new Outbox.Target(
                                        new PartitionId(new UUID(1, 2), 3), 4, List.of(1)))));
        facts.buried(2);
        facts.failed(16, new Failed(17, "c", "e", "tx", 10));
        facts.returned(18, QueueState.Return.SEEN, 0);
        facts.started();
        assertThat(drained())
                .isEqualTo(
                        "01" // version
                                + "01060000"
                                + "020800"
                                + "030a04"
                                + "04100002"
                                + "8001"
                                + "0512"
                                + "0614"
                                + "07160418"
                                + "081a1c"
                                + "091e"
                                + "0a0402"
                                + "0000000000000001"
                                + "0000000000000002"
                                + "06080202"
                                + "0b04"
                                + "0424000400"
                                + "1420002214"
                                + "0263"
                                + "0265"
                                + "047478"
                                + "0c");
    }

    @Test
    void factsThatContinueEachOtherBecomeOne() {
        for (int offset = 0; offset < 1_000; offset++) {
            facts.leased(offset, 5_000);
        }
        for (int offset = 0; offset < 1_000; offset++) {
            facts.settled(offset);
        }
        facts.gone(1_000, 1_999);
        facts.gone(2_000, 2_000);
        facts.gone(2_001, 3_000);
        assertThat(drained()).isEqualTo("01" + "0100ce0f904e" + "0200ce0f" + "03d00fa01f");
    }

    @Test
    void whatDoesNotContinueBeginsAnew() {
        facts.leased(0, 10);
        facts.leased(1, 11);
        facts.leased(3, 11);
        facts.returned(0, true, 0);
        facts.returned(1, false, 0);
        facts.returned(2, false, 5);
        facts.settled(3);
        facts.passed(4);
        facts.settled(4);
        assertThat(drained())
                .isEqualTo(
                        "01"
                                + "01000014"
                                + "01020016"
                                + "01060016"
                                + "0400000200"
                                + "0402000000"
                                + "040400000a"
                                + "020600"
                                + "0508"
                                + "020800");
    }

    @Test
    void whatWasDrainedIsNoLongerThere() {
        facts.settled(1);
        assertThat(facts.isEmpty()).isFalse();
        drained();
        assertThat(facts.isEmpty()).isTrue();
        facts.settled(2);
        assertThat(drained()).isEqualTo("01" + "020400");
        facts.settled(3);
        facts.passed(4);
        facts.clear();
        assertThat(facts.isEmpty()).isTrue();
        assertThat(drained()).isEqualTo("01");
    }

    @Test
    void theSizeIsEnoughForWhatIsDrained() {
        for (long offset = Long.MAX_VALUE - 3_000; offset < Long.MAX_VALUE - 3; offset += 3) {
            facts.returned(offset, true, Long.MAX_VALUE);
            facts.dying(offset + 1, Reason.DELIVERY_LIMIT, Long.MAX_VALUE);
            facts.leased(offset + 2, Long.MAX_VALUE);
        }
        var into = ByteBuffer.allocate(facts.size() + 1);
        facts.drainTo(into);
        assertThat(into.position()).isGreaterThan(10_000);
    }

    @Test
    void aLargeRoundFits() {
        var members = IntStream.range(0, 10_000).boxed().toList();
        var round =
                new Outbox.Round(
                        10_000,
                        List.of(new Outbox.Target(new PartitionId(new UUID(1, 2), 0), 0, members)));
        facts.settled(5);
        facts.begun(round);
        var into = ByteBuffer.allocate(facts.size() + 1);
        facts.drainTo(into);
        var replay = new QueueReplay(0);
        replay.facts(into.flip());
        assertThat(replay.state().outbox().round()).isEqualTo(round);
    }

    @Test
    void factsOfAnotherVersionAreNotRead() {
        assertThatThrownBy(() -> new QueueReplay(0).facts(bytes("02")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QueueReplay(0).facts(bytes("016300")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QueueReplay(0).snapshot(bytes("02")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String drained() {
        var into = ByteBuffer.allocate(facts.size() + 1);
        facts.drainTo(into);
        return HexFormat.of().formatHex(into.array(), 0, into.position());
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
