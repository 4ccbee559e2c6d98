package io.sluice.dialect.kafka.data;

import io.sluice.base.Clock;
import io.sluice.base.Rng;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The check of a batch that a client sent, which runs on a connection's event loop: one pass over the bytes for the checksum, the
/// header, and as much of the records as the topic asks for.
///
/// A batch has 64 KiB of records before compression. It lies outside of the heap, as a request does.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class BatchGateSpeed {
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int KEY_BYTES = 16;
    private static final int RECORD_HEAD_BYTES = 10;
    private static final short PRODUCE_VERSION = 12;

    @Param({"NONE", "LZ4"})
    private Compression compression = Compression.NONE;

    @Param({"100", "1024"})
    private int valueBytes;

    private final BatchGate gate = new BatchGate(Clock.system());
    private final LogConfig plain = new LogConfig(Map.of());
    private final LogConfig compacted =
            new LogConfig(
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    private ByteBuffer batch = ByteBuffer.allocate(0);

    @Setup
    public void build() {
        var rng = new Rng(1);
        var now = Clock.system().millis();
        var builder = new BatchBuilder(compression, 0, now).producer(7, (short) 0, 0);
        int records = BATCH_BYTES / (RECORD_HEAD_BYTES + KEY_BYTES + valueBytes);
        for (int i = 0; i < records; i++) {
            builder.add(now, rng.bytes(KEY_BYTES), value(rng));
        }
        var built = builder.build().slice();
        batch = ByteBuffer.allocateDirect(built.remaining()).put(built).flip();
        mustFit(check());
        mustFit(checkForCompaction());
    }

    /// Half of it compresses away.
    private byte[] value(Rng rng) {
        return Arrays.copyOf(rng.bytes(valueBytes / 2), valueBytes);
    }

    /// A benchmark of a refusal would look very fast.
    private static void mustFit(Object verdict) {
        if (!(verdict instanceof Verdict.Fit)) {
            throw new IllegalStateException("the batch must be one to append: " + verdict);
        }
    }

    /// For a topic as it is by default.
    @Benchmark
    public Object check() {
        return gate.check(batch, PRODUCE_VERSION, plain);
    }

    /// For a topic that is compacted: every record must have a key, so a compressed batch is unpacked.
    @Benchmark
    public Object checkForCompaction() {
        return gate.check(batch, PRODUCE_VERSION, compacted);
    }
}
