package io.sluice.dialect.kafka.share;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.dialect.kafka.share.ShareSettings.Begins;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Where share groups begin, and how far they are.
public final class StartOffsets {
    private final Broker broker;
    private final Clock clock;

    public StartOffsets(Broker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /// How far a part has come.
    ///
    /// @param floor everything before it is done with
    /// @param done records between the floor and the end that are done with too
    public record Progress(long floor, long done) {}

    /// Where a group begins that was not on the topic before, an offset per partition.
    CompletableFuture<List<Long>> atFirst(Topic topic, Begins begins) {
        return each(topic, index -> atFirst(topic.partition(index), begins));
    }

    private CompletableFuture<Long> atFirst(PartitionId partition, Begins begins) {
        return switch (begins) {
            case Begins.Earliest _ -> offset(partition, new OffsetQuery.Earliest());
            case Begins.Latest _ -> offset(partition, new OffsetQuery.Latest());
            case Begins.Ago(Duration time) ->
                    offset(partition, new OffsetQuery.AtTime(clock.millis() - time.toMillis()))
                            .thenCompose(
                                    found ->
                                            found < 0
                                                    ? offset(partition, new OffsetQuery.Latest())
                                                    : CompletableFuture.completedFuture(found));
        };
    }

    private CompletableFuture<Long> offset(PartitionId partition, OffsetQuery query) {
        return Promise.<OffsetQuery.Answer>of(reply -> broker.offset(partition, query, reply))
                .thenApply(OffsetQuery.Answer::offset);
    }

    /// The first record of each part that is not done with.
    CompletableFuture<List<Long>> floors(Queue queue, Topic topic) {
        return each(topic, index -> progress(queue.part(index)).thenApply(Progress::floor));
    }

    public CompletableFuture<Progress> progress(QueuePart part) {
        return Promise.<Peeked>of(reply -> broker.queues().peek(part, new Peek(0, 1, 1), reply))
                .thenCombine(
                        Promise.<PartitionStatus>of(
                                reply -> broker.status(part.partition(), reply)),
                        StartOffsets::progress);
    }

    private static Progress progress(Peeked seen, PartitionStatus partition) {
        long end = partition.highWatermark();
        long floor = seen.messages().isEmpty() ? end : seen.messages().getFirst().offset();
        var status = seen.status();
        long open = status.ready() + status.leased() + status.delayed();
        return new Progress(floor, Math.max(0, end - floor - open));
    }

    private static CompletableFuture<List<Long>> each(
            Topic topic, Function<Integer, CompletableFuture<Long>> ask) {
        var answers =
                IntStream.range(0, topic.partitions()).mapToObj(index -> ask.apply(index)).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> answers.stream().map(CompletableFuture::join).toList());
    }
}
