package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A broker that can take part in a comparison.
public interface Peer {
    /// How it is called in tables, with its durability.
    String name();

    /// Whether this is Sluice rather than somebody that it is compared with.
    default boolean measured() {
        return false;
    }

    /// What a queue is declared with here.
    default Map<String, Object> queueArguments() {
        return Map.of();
    }

    /// Prepares an empty data directory; not part of any measured start.
    void prepare(Path directory) throws IOException, InterruptedException;

    /// The command that starts it on a prepared directory, as its makers' own start script would.
    List<String> command(Path directory, Ports ports) throws IOException;
}
