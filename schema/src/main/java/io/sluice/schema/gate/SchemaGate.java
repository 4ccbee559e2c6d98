package io.sluice.schema.gate;

import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.Broker;
import io.sluice.broker.ForwardingBroker;
import io.sluice.broker.Reply;
import io.sluice.schema.registry.CompiledSchemas;
import java.util.ArrayList;
import java.util.List;

/// A broker whose topics get what they demand. Every dialect is given this one, so that none can forget to ask; the engine's own moves, of dead letters
/// for one, do not come by.
///
/// Records are looked at on the caller's thread, before the append is handed on: so one caller's appends stay in their order, and no shard waits.
public final class SchemaGate extends ForwardingBroker {
    private final Broker broker;
    private final Demands demands = new Demands();
    private final Tally tally = new Tally();
    private final GatedAppend gated;

    /// @param compiled may be shared with the registry
    public SchemaGate(Broker broker, CompiledSchemas compiled, Clock clock) {
        super(broker);
        this.broker = broker;
        this.gated = new GatedAppend(broker, compiled, clock, tally);
    }

    public GateStatistics statistics() {
        return tally.statistics();
    }

    @Override
    public void append(Append append, Reply<Appended> reply) {
        var policy = demands.of(broker.catalog(), append.partition().topic());
        if (policy == null) {
            broker.append(append, reply);
        } else {
            gated.append(append, policy, reply);
        }
    }

    @Override
    public void appendToAll(AppendToAll append, Reply<List<AppendToAll.Outcome>> reply) {
        var catalog = broker.catalog();
        var demanding = new ArrayList<Integer>(0);
        for (int i = 0; i < append.partitions().size(); i++) {
            if (demands.of(catalog, append.partitions().get(i).topic()) != null) {
                demanding.add(i);
            }
        }
        if (demanding.isEmpty()) {
            broker.appendToAll(append, reply);
        } else {
            GatedAppendToAll.append(append, demanding, this, broker, reply);
        }
    }
}
