package io.sluice.engine.log;

import static io.sluice.engine.log.LogBytes.bytes;
import static io.sluice.engine.log.LogBytes.concat;
import static io.sluice.engine.log.LogBytes.read;
import static io.sluice.engine.log.LogBytes.readAll;
import static io.sluice.engine.log.LogBytes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is there when a store is opened on what a closed or killed one has left.
interface RestartContract extends StoreUnderTest {
    @Test
    default void chunksOfAllSizesStandOneBehindTheOther() throws IOException {
        var log = store().open("a");
        var random = new Random(7);
        var all = new byte[0];
        for (var i = 0; i < 60; i++) {
            var chunk = bytes(i, i % 9 == 8 ? 1_200_000 : 1 + random.nextInt(40_000));
            append(log, chunk);
            all = concat(all, chunk);
        }

        assertThat(readAll(log)).isEqualTo(all);
        reopen();
        var again = store().open("a");
        assertThat(again.end()).isEqualTo(all.length);
        assertThat(readAll(again)).isEqualTo(all);
        assertThat(verified(again, 0, all.length)).isEqualTo(all);
    }

    @Test
    default void manyLogsKeepTheirBytesApart() throws IOException {
        var logs = new ArrayList<Log>();
        for (var i = 0; i < 50; i++) {
            logs.add(store().open("log-" + i));
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
            var log = store().open("log-" + i);
            for (var round = 0; round < 20; round++) {
                assertThat(read(log, round * (100L + i), 100 + i))
                        .isEqualTo(bytes(i * 1000 + round, 100 + i));
            }
        }
    }

    @Test
    default void whatWasToldDurableIsThereAfterACrash() throws IOException {
        var log = store().open("a");
        append(log, bytes(1, 5000));
        append(log, bytes(2, 1_500_000));
        append(log, bytes(3, 7));

        crashAndOpen();

        var again = store().open("a");
        assertThat(again.end()).isEqualTo(1_505_007);
        assertThat(read(again, 0, 5000)).isEqualTo(bytes(1, 5000));
        assertThat(read(again, 5000, 1_500_000)).isEqualTo(bytes(2, 1_500_000));
        assertThat(read(again, 1_505_000, 7)).isEqualTo(bytes(3, 7));
        append(again, bytes(4, 9));
        assertThat(read(again, 1_505_007, 9)).isEqualTo(bytes(4, 9));
    }

    @Test
    default void chunksThatNeedNoForceAreThereAfterAClose() throws IOException {
        var log = store().open("a");
        var small = new TestChunk(bytes(1, 100), false);
        var large = new TestChunk(bytes(2, 2_000_000), false);
        log.append(small);
        log.append(large);
        drive();
        small.await();
        large.await();

        reopen();

        assertThat(readAll(store().open("a")))
                .isEqualTo(concat(bytes(1, 100), bytes(2, 2_000_000)));
    }

    @Test
    default void randomWorkSurvivesCrashesAndClosings() throws IOException {
        var seed = Long.getLong("sluice.seed", 20261124L);
        var random = new Random(seed);
        var model = new HashMap<String, byte[]>();
        var open = new HashMap<String, Log>();
        for (var step = 0; step < 600; step++) {
            var name = "log" + random.nextInt(8);
            var log = open.get(name);
            if (log == null) {
                log = store().open(name);
                open.put(name, log);
            }
            var dice = random.nextInt(100);
            if (dice < 85) {
                var chunk =
                        bytes(step, random.nextInt(20) == 0 ? 600_000 : 1 + random.nextInt(3000));
                append(log, chunk);
                model.merge(name, chunk, LogBytes::concat);
            } else if (dice < 90) {
                log.trim(log.start() + random.nextInt((int) (log.end() - log.start()) + 1));
            } else if (dice < 92) {
                store().delete(name);
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
            assertThat(store().names())
                    .as("seed %d step %d", seed, step)
                    .containsAll(model.keySet());
        }
        for (var each : model.entrySet()) {
            var log = store().open(each.getKey());
            var expected = each.getValue();
            assertThat(log.end()).as("seed %d %s", seed, each.getKey()).isEqualTo(expected.length);
            var rest = Arrays.copyOfRange(expected, (int) log.start(), expected.length);
            assertThat(readAll(log)).as("seed %d", seed).isEqualTo(rest);
            assertThat(verified(log, log.start(), rest.length)).as("seed %d", seed).isEqualTo(rest);
        }
    }
}
