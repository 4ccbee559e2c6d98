package io.sluice.engine.log;

import static io.sluice.engine.log.LogBytes.bytes;
import static io.sluice.engine.log.LogBytes.concat;
import static io.sluice.engine.log.LogBytes.read;
import static io.sluice.engine.log.LogBytes.readAll;
import static io.sluice.engine.log.LogBytes.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is appended to a log, what can be read of it at once, and who may append.
interface AppendingContract extends StoreUnderTest {
    @Test
    default void aNewLogIsEmpty() throws IOException {
        var log = store().open("new");

        assertThat(log.name()).isEqualTo("new");
        assertThat(log.start()).isZero();
        assertThat(log.end()).isZero();
        assertThat(log.next()).isZero();
        assertThat(log.read(0, 10).bytes()).isZero();
        assertThat(log.read(0, ByteBuffer.allocate(10))).isZero();
    }

    @Test
    default void whatWasAppendedCanBeReadWhereItWasPut() throws IOException {
        var log = store().open("a");

        append(log, bytes(1, 100));
        assertThat(log.next()).isEqualTo(100);
        append(log, bytes(2, 50));

        assertThat(log.end()).isEqualTo(150);
        assertThat(read(log, 0, 100)).isEqualTo(bytes(1, 100));
        assertThat(read(log, 100, 50)).isEqualTo(bytes(2, 50));
        assertThat(read(log, 90, 20))
                .isEqualTo(
                        concat(
                                Arrays.copyOfRange(bytes(1, 100), 90, 100),
                                Arrays.copyOf(bytes(2, 50), 10)));
        assertThat(verified(log, 90, 60)).isEqualTo(read(log, 90, 60));
    }

    @Test
    default void theNextPositionIsKnownBeforeAnythingIsDurable() throws IOException {
        var log = store().open("a");
        var first = TestChunk.of(bytes(1, 10));
        var second = TestChunk.of(bytes(2, 10));

        log.append(first);
        assertThat(log.next()).isEqualTo(10);
        log.append(second);
        assertThat(log.next()).isEqualTo(20);
        drive();

        first.await();
        second.await();
        assertThat(log.end()).isEqualTo(20);
    }

    @Test
    default void theCallersMemoryIsGivenBackOnce() throws IOException {
        var log = store().open("a");
        var small = TestChunk.of(bytes(1, 10));
        var large = TestChunk.of(bytes(2, 3 << 20));

        log.append(small);
        log.append(large);
        drive();

        small.await();
        large.await();
        reopen();
        assertThat(small.releases()).isEqualTo(1);
        assertThat(large.releases()).isEqualTo(1);
    }

    @Test
    default void openingALogFencesWhoHadItOpen() throws IOException {
        var older = store().open("a");
        append(older, bytes(1, 10));
        var newer = store().open("a");

        assertThatThrownBy(() -> append(older, bytes(2, 10))).isInstanceOf(FencedException.class);

        assertThat(newer.next()).isEqualTo(10);
        append(newer, bytes(3, 10));
        assertThat(readAll(newer)).isEqualTo(concat(bytes(1, 10), bytes(3, 10)));
    }

    @Test
    default void anAppendThatIsNotDurableWhenTheLogIsOpenedAgainIsEitherInItOrFenced()
            throws IOException {
        var older = store().open("a");
        var pending = TestChunk.of(bytes(1, 10));
        older.append(pending);
        var newer = store().open("a");
        var end = newer.next();
        append(newer, bytes(2, 5));

        if (end == 0) {
            assertThatThrownBy(pending::await).isInstanceOf(FencedException.class);
            assertThat(readAll(newer)).isEqualTo(bytes(2, 5));
        } else {
            pending.await();
            assertThat(readAll(newer)).isEqualTo(concat(bytes(1, 10), bytes(2, 5)));
        }
    }

    @Test
    default void anOlderHandleStillReads() throws IOException {
        var older = store().open("a");
        append(older, bytes(1, 10));
        append(store().open("a"), bytes(2, 10));

        assertThat(read(older, 0, 10)).isEqualTo(bytes(1, 10));
    }

    @Test
    default void aNameOutsideOfTheRulesIsRefused() {
        for (var name : List.of("", "a/b", "ä", "x".repeat(201))) {
            assertThatThrownBy(() -> store().open(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
