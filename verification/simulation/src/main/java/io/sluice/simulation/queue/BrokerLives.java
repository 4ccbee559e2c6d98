package io.sluice.simulation.queue;

import io.sluice.engine.shard.ShardedBroker;
import io.sluice.simulation.broker.BrokerProcess;
import io.sluice.simulation.broker.ProcessEnded;
import io.sluice.simulation.disk.PowerLoss;
import java.io.IOException;

/// The broker's processes, one after the other on the same disk: starts each, has the queues declared there, and lets clients know that their connections to the
/// one before are lost.
final class BrokerLives {
    private final Surroundings surroundings;
    private final ModelQueues queues;
    private final QueueDeclarations declarations;
    private final BreakerWatch watch;

    /// Set by [#begin] before anything else happens.
    @SuppressWarnings("NullAway.Init")
    private BrokerProcess process;

    BrokerLives(Surroundings surroundings, ModelQueues queues, BreakerWatch watch) {
        this.surroundings = surroundings;
        this.queues = queues;
        this.declarations = new QueueDeclarations(surroundings, queues);
        this.watch = watch;
    }

    /// The one that runs now, or has just ended.
    BrokerProcess process() {
        return process;
    }

    ShardedBroker broker() {
        return process.broker();
    }

    void begin() throws IOException {
        try {
            start();
        } catch (PowerLoss | ProcessEnded _) {
            recover();
        }
    }

    /// The power goes and comes back; every connection is gone.
    void recover() throws IOException {
        var trouble = surroundings.trouble();
        while (true) {
            surroundings.tally().crashes++;
            trouble.powerGoes();
            trouble.end();
            connectionsLost();
            if (!surroundings.isCalm() && surroundings.random().nextInt(4) == 0) {
                trouble.powerGoesWithin(30);
            }
            try {
                start();
                return;
            } catch (PowerLoss | ProcessEnded _) {
                // Lost again while recovering: the next boot finds what that one left.
            }
        }
    }

    /// Another process begins where nothing is on its way any more.
    void restart() throws IOException {
        surroundings.trouble().end();
        process.settle();
        if (!process.hasFailed()) {
            connectionsLost();
            start();
        }
    }

    private void start() throws IOException {
        var random = surroundings.random();
        process =
                new BrokerProcess(
                        surroundings.disk().boot(),
                        1 + random.nextInt(3),
                        surroundings.clock(),
                        random);
        declarations.declareAll(process);
    }

    private void connectionsLost() {
        queues.connectionsLost();
        watch.crashed();
    }
}
