package io.sluice.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every log store keeps to. A store's test extends this and says how it is opened, closed and crashed.
public abstract class LogStoreContract {
    protected LogStore store;

    /// Opens the store on what an earlier one left behind.
    protected abstract LogStore open() throws IOException;

    /// Leaves the store as a killed process does: nothing is finished, nothing is closed.
    protected abstract void crash() throws IOException;

    /// Lets the store do what it has to do, where nobody else does.
    protected void drive() {}

    @BeforeEach
    void openFirst() throws IOException {
        store = open();
    }

    @AfterEach
    void closeLast() throws IOException {
        store.close();
    }

    private void reopen() throws IOException {
        store.close();
        store = open();
    }

    private void crashAndOpen() throws IOException {
        crash();
        store = open();
    }

    @Test
    void aNewLogIsEmpty() throws IOException {
        var log = store.open("new");

        assertThat(log.name()).isEqualTo("new");
        assertThat(log.start()).isZero();
        assertThat(log.end()).isZero();
        assertThat(log.next()).isZero();
        assertThat(log.read(0, 10).bytes()).isZero();
        assertThat(log.read(0, ByteBuffer.allocate(10))).isZero();
    }

    @Test
    void whatWasAppendedCanBeReadWhereItWasPut() throws IOException {
        var log = store.open("a");

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
    void theNextPositionIsKnownBeforeAnythingIsDurable() throws IOException {
        var log = store.open("a");
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
    void theCallersMemoryIsGivenBackOnce() throws IOException {
        var log = store.open("a");
        var small = TestChunk.of(bytes(1, 10));
        var large = TestChunk.of(bytes(2, 3 << 20));

        log.append(small);
        log.append(large);
        drive();

        small.await();
        large.await();
        assertThat(small.releases()).isEqualTo(1);
        assertThat(large.releases()).isEqualTo(1);
    }

    @Test
    void chunksOfAllSizesStandOneBehindTheOther() throws IOException {
        var log = store.open("a");
        var random = new Random(7);
        var all = new byte[0];
        for (var i = 0; i < 60; i++) {
            var chunk = bytes(i, i % 9 == 8 ? 1_200_000 : 1 + random.nextInt(40_000));
            append(log, chunk);
            all = concat(all, chunk);
        }

        assertThat(readAll(log)).isEqualTo(all);
        reopen();
        var again = store.open("a");
        assertThat(again.end()).isEqualTo(all.length);
        assertThat(readAll(again)).isEqualTo(all);
        assertThat(verified(again, 0, all.length)).isEqualTo(all);
    }

    @Test
    void manyLogsKeepTheirBytesApart() throws IOException {
        var logs = new ArrayList<Log>();
        for (var i = 0; i < 50; i++) {
            logs.add(store.open("log-" + i));
        }
        var chunks = new ArrayList<TestChunk>();
        for (var round = 0; round < 20; round++) {
            for (var i = 0; i < 50; i++) {
                var chunk = TestChunk.of(bytes(i * 1000 + round, 100 + i));
                chunks.add(chunk);
                logs.get(i).append(chunk);
            }
        }
        drive();
        for (var chunk : chunks) {
            chunk.await();
        }

        crashAndOpen();

        for (var i = 0; i < 50; i++) {
            var log = store.open("log-" + i);
            for (var round = 0; round < 20; round++) {
                assertThat(read(log, round * (100L + i), 100 + i))
                        .isEqualTo(bytes(i * 1000 + round, 100 + i));
            }
        }
    }

    @Test
    void whatWasToldDurableIsThereAfterACrash() throws IOException {
        var log = store.open("a");
        append(log, bytes(1, 5000));
        append(log, bytes(2, 1_500_000));
        append(log, bytes(3, 7));

        crashAndOpen();

        var again = store.open("a");
        assertThat(again.end()).isEqualTo(1_505_007);
        assertThat(read(again, 0, 5000)).isEqualTo(bytes(1, 5000));
        assertThat(read(again, 5000, 1_500_000)).isEqualTo(bytes(2, 1_500_000));
        assertThat(read(again, 1_505_000, 7)).isEqualTo(bytes(3, 7));
        append(again, bytes(4, 9));
        assertThat(read(again, 1_505_007, 9)).isEqualTo(bytes(4, 9));
    }

    @Test
    void chunksThatNeedNoForceAreThereAfterAClose() throws IOException {
        var log = store.open("a");
        var small = new TestChunk(bytes(1, 100), false);
        var large = new TestChunk(bytes(2, 2_000_000), false);
        log.append(small);
        log.append(large);
        drive();
        small.await();
        large.await();

        reopen();

        assertThat(readAll(store.open("a"))).isEqualTo(concat(bytes(1, 100), bytes(2, 2_000_000)));
    }

    @Test
    void openingALogFencesWhoHadItOpen() throws IOException {
        var older = store.open("a");
        append(older, bytes(1, 10));
        var newer = store.open("a");

        assertThatThrownBy(() -> append(older, bytes(2, 10))).isInstanceOf(FencedException.class);

        assertThat(newer.next()).isEqualTo(10);
        append(newer, bytes(3, 10));
        assertThat(readAll(newer)).isEqualTo(concat(bytes(1, 10), bytes(3, 10)));
    }

    @Test
    void anAppendThatIsNotDurableWhenTheLogIsOpenedAgainIsEitherInItOrFenced() throws IOException {
        var older = store.open("a");
        var pending = TestChunk.of(bytes(1, 10));
        older.append(pending);
        var newer = store.open("a");
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
    void anOlderHandleStillReads() throws IOException {
        var older = store.open("a");
        append(older, bytes(1, 10));
        append(store.open("a"), bytes(2, 10));

        assertThat(read(older, 0, 10)).isEqualTo(bytes(1, 10));
    }

    @Test
    void aTrimmedPositionIsRefusedAndTheRestStays() throws IOException {
        var log = store.open("a");
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
    void aLogTrimmedToItsEndGoesOnWhereItWas() throws IOException {
        var log = store.open("a");
        append(log, bytes(1, 100));
        log.trim(100);
        assertThat(log.read(100, 10).bytes()).isZero();
        append(log, bytes(2, 10));

        reopen();

        var again = store.open("a");
        assertThat(again.end()).isEqualTo(110);
        assertThat(read(again, 100, 10)).isEqualTo(bytes(2, 10));
    }

    @Test
    void aDeletedLogIsGoneAndItsHandleFenced() throws IOException {
        var log = store.open("a");
        append(log, bytes(1, 100));
        append(log, bytes(2, 2_000_000));

        store.delete("a");

        assertThat(store.names()).isEmpty();
        assertThatThrownBy(() -> append(log, bytes(3, 1))).isInstanceOf(FencedException.class);
        var fresh = store.open("a");
        assertThat(fresh.end()).isZero();
        append(fresh, bytes(4, 10));
        crashAndOpen();
        assertThat(readAll(store.open("a"))).isEqualTo(bytes(4, 10));
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() throws IOException {
        store.delete("nothing");

        assertThat(store.names()).isEmpty();
    }

    @Test
    void namesAreListedInOrder() throws IOException {
        for (var name : List.of("b", "c.1", "a-x", "Z_9")) {
            append(store.open(name), bytes(1, 1));
        }
        assertThat(store.names()).containsExactly("Z_9", "a-x", "b", "c.1");
        reopen();
        assertThat(store.names()).containsExactly("Z_9", "a-x", "b", "c.1");
    }

    @Test
    void aNameOutsideOfTheRulesIsRefused() {
        for (var name : List.of("", "a/b", "ä", "x".repeat(201))) {
            assertThatThrownBy(() -> store.open(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void slicesStayWhatTheyAreWhileTheLogGoesOn() throws IOException {
        var log = store.open("a");
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
    void randomWorkSurvivesCrashesAndClosings() throws IOException {
        var seed = Long.getLong("sluice.seed", 20261124L);
        var random = new Random(seed);
        var model = new HashMap<String, byte[]>();
        var open = new HashMap<String, Log>();
        for (var step = 0; step < 600; step++) {
            var name = "log" + random.nextInt(8);
            var log = open.get(name);
            if (log == null) {
                log = store.open(name);
                open.put(name, log);
            }
            var dice = random.nextInt(100);
            if (dice < 85) {
                var chunk =
                        bytes(step, random.nextInt(20) == 0 ? 600_000 : 1 + random.nextInt(3000));
                append(log, chunk);
                model.merge(name, chunk, LogStoreContract::concat);
            } else if (dice < 90) {
                log.trim(log.start() + random.nextInt((int) (log.end() - log.start()) + 1));
            } else if (dice < 92) {
                store.delete(name);
                model.remove(name);
                open.remove(name);
            } else if (dice < 94) {
                open.clear();
                if (random.nextBoolean()) {
                    reopen();
                } else {
                    drive();
                    crashAndOpen();
                }
            }
            assertThat(store.names()).as("seed %d step %d", seed, step).containsAll(model.keySet());
        }
        for (var each : model.entrySet()) {
            var log = store.open(each.getKey());
            var expected = each.getValue();
            assertThat(log.end()).as("seed %d %s", seed, each.getKey()).isEqualTo(expected.length);
            var rest = Arrays.copyOfRange(expected, (int) log.start(), expected.length);
            assertThat(readAll(log)).as("seed %d", seed).isEqualTo(rest);
            assertThat(verified(log, log.start(), rest.length)).as("seed %d", seed).isEqualTo(rest);
        }
    }

    // ---- words that the tests speak in ----

    protected final void append(Log log, byte[] bytes) throws IOException {
        var chunk = TestChunk.of(bytes);
        log.append(chunk);
        drive();
        chunk.await();
    }

    protected static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    protected static byte[] concat(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    protected static byte[] readAll(Log log) throws IOException {
        return read(log, log.start(), (int) (log.end() - log.start()));
    }

    /// Reads by slices until there are `length` bytes.
    protected static byte[] read(Log log, long position, int length) throws IOException {
        var all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            try (var slices = log.read(position + all.position(), all.remaining())) {
                assertThat(slices.bytes()).isBetween(1L, (long) all.remaining());
                all.put(content(slices));
            }
        }
        return all.array();
    }

    protected static byte[] verified(Log log, long position, int length) throws IOException {
        var all = ByteBuffer.allocate(length);
        assertThat(log.read(position, all)).isEqualTo(length);
        return all.array();
    }

    protected static byte[] content(Slices slices) throws IOException {
        var all = ByteBuffer.allocate((int) slices.bytes());
        for (var slice : slices.slices()) {
            switch (slice) {
                case Slice.InMemory(var bytes) -> all.put(bytes.duplicate());
                case Slice.InFile(var file, var position, var length, var _) -> {
                    var part = all.slice(all.position(), length);
                    while (part.hasRemaining()) {
                        assertThat(file.read(part, position + part.position())).isPositive();
                    }
                    all.position(all.position() + length);
                }
            }
        }
        return all.array();
    }
}
