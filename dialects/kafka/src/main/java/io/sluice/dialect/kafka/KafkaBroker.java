package io.sluice.dialect.kafka;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.ForwardingBroker;
import io.sluice.broker.Reply;
import java.util.function.Consumer;

/// The broker with the topics that Kafka clients can have heard of, [KafkaCatalog]. All of the dialect speaks to this one, so
/// that no API can show or serve another by mistake.
final class KafkaBroker extends ForwardingBroker {
    private final Broker broker;

    private KafkaBroker(Broker broker) {
        super(broker);
        this.broker = broker;
    }

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
}
