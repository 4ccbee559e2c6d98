package io.sluice.broker;

import io.sluice.broker.Append.Appended;
import io.sluice.broker.queue.Queues;
import java.util.List;
import java.util.function.Consumer;

/// A broker that asks another one: what a wrapper does not do itself goes on unchanged.
public abstract class ForwardingBroker implements Broker {
    private final Broker broker;

    protected ForwardingBroker(Broker broker) {
        this.broker = broker;
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
    public void append(Append append, Reply<Appended> reply) {
        broker.append(append, reply);
    }

    @Override
    public void appendToAll(AppendToAll append, Reply<List<AppendToAll.Outcome>> reply) {
        broker.appendToAll(append, reply);
    }

    @Override
    public Runnable fetch(Fetch fetch, Reply<List<Fetch.Answer>> reply) {
        return broker.fetch(fetch, reply);
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
