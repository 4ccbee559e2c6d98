package io.sluice.engine.partition;

import io.sluice.base.Rng;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The index from offsets to positions: what a batch adds to it, and what a fetch asks of it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class OffsetIndexSpeed {
    /// Twice as many as there can be entries, each big enough for one of its own.
    private static final int BATCHES = 2 * OffsetIndex.ENTRIES_MAX;

    private static final int BATCH_RECORDS = 64;
    private static final int QUESTIONS = 1 << 16;

    private final OffsetIndex small = filled(1_000);
    private final OffsetIndex full = filled(OffsetIndex.ENTRIES_MAX);
    private final long[] questions = new long[QUESTIONS];
    private int turn;

    public OffsetIndexSpeed() {
        var rng = new Rng(1);
        for (int i = 0; i < QUESTIONS; i++) {
            questions[i] = rng.nextLong() >>> 1;
        }
    }

    /// One batch of the 16 GiB that a new index takes up here; its growth and its coarsening are part of it.
    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public Object append() {
        return filled(BATCHES);
    }

    /// Any offset of a partition of 64 MB.
    @Benchmark
    public int lookUpInAThousand() {
        return small.floor(question(1_000));
    }

    /// Any offset of a partition whose index is as large as it can be.
    @Benchmark
    public int lookUpInAFullOne() {
        return full.floor(question(OffsetIndex.ENTRIES_MAX));
    }

    private long question(int batches) {
        turn = turn + 1 & QUESTIONS - 1;
        return questions[turn] % ((long) batches * BATCH_RECORDS);
    }

    private static OffsetIndex filled(int batches) {
        var index = new OffsetIndex();
        for (long i = 0; i < batches; i++) {
            index.append(i * BATCH_RECORDS, i * OffsetIndex.INTERVAL_BYTES, i);
        }
        return index;
    }
}
