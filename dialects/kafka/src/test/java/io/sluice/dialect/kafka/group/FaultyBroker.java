package io.sluice.dialect.kafka.group;

import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Queues;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A broker whose appends or fetches can be made to fail, on the shard's thread as the real one does it.
final class FaultyBroker implements Broker {
    private final Broker broker;
    private final AtomicInteger appendsToRefuse = new AtomicInteger();
    private volatile Optional<BrokerError> fetchRefusal = Optional.empty();

    FaultyBroker(Broker broker) {
        this.broker = broker;
    }

    /// The next `count` appends are refused as on a full disk.
    void refuseAppends(int count) {
        appendsToRefuse.set(count);
    }

    /// Appends that are still to be refused.
    int refusalsLeft() {
        return appendsToRefuse.get();
    }

    void refuseFetches(BrokerError error) {
        fetchRefusal = Optional.of(error);
    }

    void allowFetches() {
        fetchRefusal = Optional.empty();
    }

    @Override
    public void append(Append append, Reply<Appended> reply) {
        if (appendsToRefuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            broker.execute(
                    append.partition(),
                    () -> reply.refused(new BrokerError.StorageFull("the disk is full")));
        } else {
            broker.append(append, reply);
        }
    }

    @Override
    public void appendToAll(AppendToAll append, Reply<List<AppendToAll.Outcome>> reply) {
        throw new UnsupportedOperationException("Kafka clients name one partition per batch");
    }

    @Override
    public Runnable fetch(Fetch fetch, Reply<List<Fetch.Answer>> reply) {
        var refusal = fetchRefusal;
        if (refusal.isEmpty()) {
            return broker.fetch(fetch, reply);
        }
        broker.execute(
                fetch.wants().getFirst().partition(),
                () ->
                        reply.done(
                                fetch.wants().stream()
                                        .<Fetch.Answer>map(
                                                _ -> new Fetch.Answer.Refused(refusal.get()))
                                        .toList()));
        return () -> {};
    }

    @Override
    public Catalog catalog() {
        return broker.catalog();
    }

    @Override
    public void onCatalog(Consumer<Catalog> listener) {
        broker.onCatalog(listener);
    }

    @Override
    public void change(CatalogChange change, Reply<Catalog> reply) {
        broker.change(change, reply);
    }

    @Override
    public void offset(PartitionId partition, OffsetQuery query, Reply<OffsetQuery.Answer> reply) {
        broker.offset(partition, query, reply);
    }

    @Override
    public void deleteRecords(PartitionId partition, long offset, Reply<Long> reply) {
        broker.deleteRecords(partition, offset, reply);
    }

    @Override
    public void status(PartitionId partition, Reply<PartitionStatus> reply) {
        broker.status(partition, reply);
    }

    @Override
    public void nextProducerId(Reply<Long> reply) {
        broker.nextProducerId(reply);
    }

    @Override
    public boolean execute(PartitionId partition, Runnable task) {
        return broker.execute(partition, task);
    }

    @Override
    public Queues queues() {
        return broker.queues();
    }
}
