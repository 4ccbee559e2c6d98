package io.sluice.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One RabbitMQ node as the system's package installs it, with its default settings. Persistent messages in durable queues are on disk
/// before the confirm, in either kind of queue.
///
/// @param start the script that becomes the node
/// @param queueType `classic` or `quorum`
public record RabbitMqPeer(Path start, String queueType) implements Peer {
    @Override
    public String name() {
        return "RabbitMQ, " + queueType + " (forced)";
    }

    @Override
    public Map<String, Object> queueArguments() {
        return Map.of("x-queue-type", queueType);
    }

    @Override
    public void prepare(Path directory) {}

    @Override
    public List<String> command(Path directory, Ports ports) {
        return List.of(
                start.toString(),
                directory.toString(),
                Integer.toString(ports.amqp()),
                Integer.toString(ports.free().getFirst()),
                Integer.toString(ports.free().getLast()));
    }
}
