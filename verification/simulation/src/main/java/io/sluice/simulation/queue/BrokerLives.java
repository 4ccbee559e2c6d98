package io.sluice.simulation.queue;

import io.sluice.engine.shard.ShardedBroker;
import io.sluice.simulation.broker.BrokerProcess;
import io.sluice.simulation.broker.ProcessEnded;
import io.sluice.simulation.disk.PowerLoss;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/// The broker's processes, one after the other on the same disk: starts each, has the queues declared there, and lets clients know that their connections to the
/// one before are lost.
final class BrokerLives {
    private static final int SECONDS_UNTIL_OPEN = 15;

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
            if (!surroundings.isCalm()) {
                trouble.befallsAStart(30);
            }
            try {
                start();
                return;
            } catch (PowerLoss | ProcessEnded _) {
                // Lost again while recovering: the next boot finds what that one left.
            } catch (IOException | CompletionException e) {
                if (!trouble.readsMayFail()) {
                    throw e;
                }
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
        if (surroundings.trouble().readsMayFail()) {
            whatIsClosedOpens();
        }
        declarations.declareAll(process);
    }

    /// What could not be read at the start is tried again.
    private void whatIsClosedOpens() {
        surroundings.trouble().noFaults();
        for (int i = 0; i < SECONDS_UNTIL_OPEN; i++) {
            surroundings.clock().advance(1_000);
            process.settle();
        }
    }

    private void connectionsLost() {
        queues.connectionsLost();
        watch.crashed();
    }
}
