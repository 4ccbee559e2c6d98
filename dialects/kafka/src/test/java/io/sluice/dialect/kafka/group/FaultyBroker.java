package io.sluice.dialect.kafka.group;

import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.ForwardingBroker;
import io.sluice.broker.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A broker whose appends or fetches can be made to fail, on the shard's thread as the real one does it.
final class FaultyBroker extends ForwardingBroker {
    private final Broker broker;
    private final AtomicInteger appendsToRefuse = new AtomicInteger();
    private volatile Optional<BrokerError> fetchRefusal = Optional.empty();

    FaultyBroker(Broker broker) {
        super(broker);
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
            super.append(append, reply);
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
            return super.fetch(fetch, reply);
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
}
