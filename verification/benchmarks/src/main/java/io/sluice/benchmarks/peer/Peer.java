package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A broker that can take part in a comparison.
public interface Peer {
    /// How it is called in tables, with its durability.
    String name();

    /// Prepares an empty data directory; not part of any measured start.
    void prepare(Path directory) throws IOException, InterruptedException;

    /// The command that starts it on a prepared directory, as its makers' own start script would.
    ///
    /// @param port where Kafka clients connect, on 127.0.0.1
    List<String> command(Path directory, int port) throws IOException;
}
