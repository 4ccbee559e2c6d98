package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;

/// Brings a coordinator up to what its partition holds: one [Replay] for each load.
final class OffsetsLoader implements CoordinatorLoader<CoordinatorRecord> {
    private final Broker broker;
    private final Clock clock;
    private final CoordinatorThread thread;
    private final List<OffsetsPartition> partitions;
    private final Consumer<Replay> ended;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param ended hears of every replay when it is over, well or not, after the coordinator
    OffsetsLoader(
            Broker broker,
            Clock clock,
            CoordinatorThread thread,
            List<OffsetsPartition> partitions,
            Consumer<Replay> ended) {
        this.broker = broker;
        this.clock = clock;
        this.thread = thread;
        this.partitions = partitions;
        this.ended = ended;
    }

    @Override
    public CompletableFuture<LoadSummary> load(
            TopicPartition tp, CoordinatorPlayback<CoordinatorRecord> coordinator) {
        var partition = partitions.get(tp.partition());
        var replay = new Replay(broker, clock, thread, partition, coordinator, closed::get);
        replay.start();
        // The coordinator must see the end of its load before anything that follows from it.
        return replay.summary().whenComplete((_, _) -> thread.execute(() -> ended.accept(replay)));
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
