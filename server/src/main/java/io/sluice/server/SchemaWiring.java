package io.sluice.server;

import io.sluice.admin.Loop;
import io.sluice.admin.registry.RegistryApi;
import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.schema.gate.SchemaGate;
import io.sluice.schema.registry.CompiledSchemas;
import io.sluice.schema.registry.Registry;
import io.sluice.server.admin.Metrics;
import java.net.InetSocketAddress;

/// Schemas as one process has them: the gate in front of the engine, and the registry behind the admin port.
final class SchemaWiring {
    private final Broker broker;
    private final CompiledSchemas compiled = new CompiledSchemas();
    private final SchemaGate gate;

    /// @param broker the engine's
    SchemaWiring(Broker broker, Metrics metrics) {
        this.broker = broker;
        this.gate = new SchemaGate(broker, compiled, Clock.system());
        SchemaMetrics.register(metrics, gate::statistics);
    }

    /// The broker that dialects talk to.
    Broker gate() {
        return gate;
    }

    /// For who registers before anybody listens.
    Registry registry() {
        return new Registry(broker, Runnable::run, compiled);
    }

    /// @param loop the admin's
    /// @param bind where the admin port listens: whoever is on this machine is trusted where nobody else can come
    RegistryApi registry(Loop loop, InetSocketAddress bind) {
        return new RegistryApi(
                new Registry(broker, loop::execute, compiled),
                broker::catalog,
                bind.getAddress().isLoopbackAddress());
    }
}
