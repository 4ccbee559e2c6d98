package io.sluice.dialect.kafka;

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
import java.util.function.Consumer;

/// The broker with the topics that Kafka clients can have heard of, [KafkaCatalog]. All of the dialect speaks to this one, so
/// that no API can show or serve another by mistake.
record KafkaBroker(Broker broker) implements Broker {
    static KafkaBroker of(Broker broker) {
        return broker instanceof KafkaBroker already ? already : new KafkaBroker(broker);
    }

    @Override
    public Catalog catalog() {
        return new KafkaCatalog(broker.catalog());
    }

    @Override
    public void onCatalog(Consumer<Catalog> listener) {
        broker.onCatalog(catalog -> listener.accept(new KafkaCatalog(catalog)));
    }

    @Override
    public void change(CatalogChange change, Reply<Catalog> reply) {
        broker.change(
                change,
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        reply.done(new KafkaCatalog(catalog));
                    }

                    @Override
                    public void refused(BrokerError error) {
                        reply.refused(error);
                    }
                });
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
