package io.sluice.engine.log;

import static io.sluice.engine.log.LogBytes.bytes;
import static io.sluice.engine.log.LogBytes.content;
import static io.sluice.engine.log.LogBytes.read;
import static io.sluice.engine.log.LogBytes.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is given up of logs, and what stays.
interface TrimmingContract extends StoreUnderTest {
    @Test
    default void aTrimmedPositionIsRefusedAndTheRestStays() throws IOException {
        var log = store().open("a");
        append(log, bytes(1, 100));
        append(log, bytes(2, 100));

        log.trim(150);

        assertThat(log.start()).isEqualTo(150);
        assertThatThrownBy(() -> log.read(149, 10)).isInstanceOf(TrimmedException.class);
        assertThatThrownBy(() -> log.read(0, ByteBuffer.allocate(1)))
                .isInstanceOf(TrimmedException.class);
        assertThat(read(log, 150, 50)).isEqualTo(Arrays.copyOfRange(bytes(2, 100), 50, 100));
        log.trim(20);
        assertThat(log.start()).isEqualTo(150);
    }

    @Test
    default void aLogTrimmedToItsEndGoesOnWhereItWas() throws IOException {
        var log = store().open("a");
        append(log, bytes(1, 100));
        log.trim(100);
        assertThat(log.read(100, 10).bytes()).isZero();
        append(log, bytes(2, 10));

        reopen();

        var again = store().open("a");
        assertThat(again.end()).isEqualTo(110);
        assertThat(read(again, 100, 10)).isEqualTo(bytes(2, 10));
    }

    @Test
    default void slicesStayWhatTheyAreWhileTheLogGoesOn() throws IOException {
        var log = store().open("a");
        append(log, bytes(1, 3000));
        var held = log.read(0, 3000);
        for (var i = 0; i < 200; i++) {
            append(log, bytes(i, 30_000));
        }
        log.trim(log.end());
        append(log, bytes(9, 10));

        assertThat(content(held)).isEqualTo(bytes(1, 3000));
        held.close();
    }

    @Test
    default void aDeletedLogIsGoneAndItsHandleFenced() throws IOException {
        var log = store().open("a");
        append(log, bytes(1, 100));
        append(log, bytes(2, 2_000_000));

        store().delete("a");

        assertThat(store().names()).isEmpty();
        assertThatThrownBy(() -> append(log, bytes(3, 1))).isInstanceOf(FencedException.class);
        var fresh = store().open("a");
        assertThat(fresh.end()).isZero();
        append(fresh, bytes(4, 10));
        crashAndOpen();
        assertThat(readAll(store().open("a"))).isEqualTo(bytes(4, 10));
    }

    @Test
    default void deletingWhatIsNotThereDoesNothing() throws IOException {
        store().delete("nothing");

        assertThat(store().names()).isEmpty();
    }

    @Test
    default void namesAreListedInOrder() throws IOException {
        for (var name : List.of("b", "c.1", "a-x", "Z_9")) {
            append(store().open(name), bytes(1, 1));
        }
        assertThat(store().names()).containsExactly("Z_9", "a-x", "b", "c.1");
        reopen();
        assertThat(store().names()).containsExactly("Z_9", "a-x", "b", "c.1");
    }
}
