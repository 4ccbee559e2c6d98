package io.sluice.benchmarks;

import io.sluice.benchmarks.peer.KafkaPeer;
import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.peer.RabbitMqPeer;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.peer.SluicePeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs scenarios against Sluice and its peers in turn (A B A B ...) with the same client code in this one process, and prints a
/// table of medians and ratios.
///
/// `Compare <launcher> <folder of the peers> <file with Kafka's class path> <scale> <rounds> <scenarios> [peer ...]`
public final class Compare {
    private static final int FIXED_ARGUMENTS = 6;

    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final int rounds;

    private Compare(Path launcher, Path peerFolder, String kafkaClassPath, int rounds) {
        this.rounds = rounds;
        var rabbitMq = peerFolder.resolve("rabbitmq").resolve("start");
        peers.put("kafka", new KafkaPeer(kafkaClassPath, false));
        peers.put("classic", new RabbitMqPeer(rabbitMq, "classic"));
        peers.put("quorum", new RabbitMqPeer(rabbitMq, "quorum"));
        peers.put("sync", new SluicePeer(launcher, "sync"));
        peers.put("os", new SluicePeer(launcher, "os"));
        peers.put("kafka-forced", new KafkaPeer(kafkaClassPath, true));
    }

    /// @param arguments see the class comment
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < FIXED_ARGUMENTS) {
            System.err.println(
                    "usage: Compare <launcher> <folder of the peers> <file with Kafka's class path> <scale> <rounds> <scenarios> [peer ...]");
            System.exit(2);
        }
        var compare =
                new Compare(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Path.of(arguments[1]).toAbsolutePath(),
                        Files.readString(Path.of(arguments[2])).trim(),
                        Integer.parseInt(arguments[4]));
        var chosen = List.of(arguments).subList(FIXED_ARGUMENTS, arguments.length);
        var scenarios = new Scenarios(Double.parseDouble(arguments[3])).named(arguments[5]);
        for (var named : scenarios.entrySet()) {
            var entry = named.getValue();
            compare.run(
                    named.getKey(), entry.scenario(), chosen.isEmpty() ? entry.peers() : chosen);
        }
    }

    private Peer peer(String name) {
        var peer = peers.get(name);
        if (peer == null) {
            throw new IllegalArgumentException("no peer " + name + "; there are " + peers.keySet());
        }
        return peer;
    }

    private void run(String name, Scenario scenario, List<String> chosen) throws Exception {
        var results = new Results(name);
        var parent = Files.createDirectories(Path.of("target", "comparison").toAbsolutePath());
        for (var round = 0; round < rounds; round++) {
            for (var peer : chosen) {
                try (var running = RunningPeer.start(peer(peer), parent)) {
                    var measures = scenario.run(running);
                    results.add(running.name(), running.measured(), measures);
                    System.err.println(
                            name + " round " + (round + 1) + " " + running.name() + " " + measures);
                }
            }
        }
        System.out.println(results.table());
    }
}
