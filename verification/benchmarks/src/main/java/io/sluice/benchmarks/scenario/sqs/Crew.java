package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.peer.RunningPeer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Sixteen clients, each a thread with a connection of its own.
final class Crew implements AutoCloseable {
    static final int SIZE = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(SIZE);

    Crew(RunningPeer peer) throws IOException, InterruptedException {
        connections.add(open(peer));
        while (connections.size() < SIZE) {
            connections.add(new Connection(peer.sqsPort()));
        }
    }

    /// What one of them does.
    interface Part {
        void run(Connection connection, int member) throws Exception;
    }

    /// A connection, as soon as the broker has started.
    static Connection open(RunningPeer peer) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Connection(peer.sqsPort());
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
    }

    Connection first() {
        return connections.getFirst();
    }

    /// Has all of them do `part`; returns when the last one is done.
    void all(Part part) throws Exception {
        var calls = new ArrayList<Callable<Void>>();
        for (var i = 0; i < SIZE; i++) {
            var member = i;
            calls.add(
                    () -> {
                        part.run(connections.get(member), member);
                        return null;
                    });
        }
        for (var done : threads.invokeAll(calls)) {
            done.get();
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (var connection : connections) {
            connection.close();
        }
    }
}
