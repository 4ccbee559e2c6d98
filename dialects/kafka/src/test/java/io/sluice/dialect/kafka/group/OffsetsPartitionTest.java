package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.BrokerError;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Writing ahead of the replies, as a coordinator does: on the shard's thread, several batches before the first reply.
class OffsetsPartitionTest {
    private final GroupFixture groups = new GroupFixture();
    private final PartitionId id = groups.createTopic("journal", 1).partition(0);
    private final ConcurrentLinkedQueue<Long> highWatermarks = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<OffsetsPartition> reloads = new ConcurrentLinkedQueue<>();
    private final OffsetsPartition partition =
            new OffsetsPartition(groups.broker, id, OffsetsTopic.partition(0), reloads::add);

    @BeforeEach
    void loaded() {
        onShard(
                () -> {
                    partition.begin(0);
                    partition.listen((_, offset) -> highWatermarks.add(offset));
                    return partition;
                });
    }

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void theOffsetBehindABatchIsKnownAtOnceAndToldWhenItIsDurable() {
        var ends = onShard(() -> List.of(append("a"), append("b", "c"), append("d")));

        assertThat(ends).containsExactly(1L, 3L, 4L);
        GroupFixture.until(() -> List.copyOf(highWatermarks), List.of(1L, 3L, 4L)::equals);
        assertThat(reloads).isEmpty();
    }

    @Test
    void nothingIsWrittenBehindABatchThatWasRefused() {
        groups.broker.refuseAppends(1);

        onShard(() -> List.of(append("a"), append("b"), append("c")));

        GroupFixture.until(reloads::size, size -> size == 1);
        assertThat(highWatermarks).isEmpty();
        assertThat(endOffset()).isZero();
        assertThat(partition.failures()).isEqualTo(1);
    }

    @Test
    void untilItIsLoadedAgainNothingIsTaken() {
        groups.broker.refuseAppends(1);
        onShard(() -> append("a"));
        GroupFixture.until(reloads::size, size -> size == 1);

        assertThatThrownBy(() -> append("b")).isInstanceOf(NotLeaderOrFollowerException.class);

        loaded();
        onShard(() -> append("c"));
        GroupFixture.until(() -> List.copyOf(highWatermarks), List.of(1L)::equals);
        assertThat(partition.failures()).isZero();
    }

    @Test
    void aBatchBehindSomebodyElsesIsNoticed() {
        var stranger =
                new OffsetsPartition(groups.broker, id, OffsetsTopic.partition(0), reloads::add);
        onShard(
                () -> {
                    stranger.begin(0);
                    return stranger.append(records("stranger"));
                });

        onShard(() -> append("a"));

        GroupFixture.until(() -> List.copyOf(reloads), List.of(partition)::equals);
        assertThat(highWatermarks).isEmpty();
    }

    private long append(String... values) {
        return partition.append(records(values));
    }

    private static MemoryRecords records(String... values) {
        var records = new SimpleRecord[values.length];
        for (int i = 0; i < values.length; i++) {
            records[i] = new SimpleRecord(0, values[i].getBytes(StandardCharsets.UTF_8));
        }
        return MemoryRecords.withRecords(Compression.NONE, records);
    }

    private long endOffset() {
        var end = new CompletableFuture<Long>();
        groups.broker.offset(
                id,
                new OffsetQuery.Latest(),
                new Reply<>() {
                    @Override
                    public void done(OffsetQuery.Answer answer) {
                        end.complete(answer.offset());
                    }

                    @Override
                    public void refused(BrokerError error) {
                        end.completeExceptionally(new AssertionError(error.message()));
                    }
                });
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private <T> T onShard(Supplier<T> task) {
        var done = new CompletableFuture<T>();
        groups.broker.execute(id, () -> done.completeAsync(task, Runnable::run));
        return done.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
