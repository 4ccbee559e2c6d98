package io.sluice.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/// The built distribution of Sluice with its default settings.
///
/// @param launcher the distribution's start script
/// @param durability `sync` (forced before the acknowledgement, the default) or `os`
public record SluicePeer(Path launcher, String durability) implements Peer {
    @Override
    public String name() {
        return durability.equals("sync") ? "Sluice, sync (forced)" : "Sluice, os (not forced)";
    }

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public void prepare(Path directory) {}

    @Override
    public List<String> command(Path directory, Ports ports) {
        return List.of(
                launcher.toString(),
                "serve",
                "--data-dir",
                directory.resolve("data").toString(),
                "--kafka-port",
                Integer.toString(ports.kafka()),
                "--amqp-port",
                Integer.toString(ports.amqp()),
                "--sqs-port",
                Integer.toString(ports.sqs()),
                "--admin-port",
                "0",
                "--durability",
                durability);
    }
}
