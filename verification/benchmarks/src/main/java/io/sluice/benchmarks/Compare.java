package io.sluice.benchmarks;

import io.sluice.benchmarks.peer.ElasticMqPeer;
import io.sluice.benchmarks.peer.KafkaPeer;
import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.peer.RabbitMqPeer;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.peer.SluicePeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs scenarios against Sluice and its peers in turn (A B A B ...) with the same client code in this one process, and prints a
/// table of medians and ratios.
///
/// `Compare <launcher> <folder of the peers> <folder of class paths> [options] <rounds> <scenarios> [peer ...]`: the class path of Kafka is in
/// the file `kafka.classpath`, the one of ElasticMQ in `elasticmq.classpath`.
public final class Compare {
    /// How often a run is repeated beside which others were busy, where that is asked for.
    private static final int TRIES = 5;

    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Choice choice;

    private Compare(Path launcher, Path peerFolder, Path classPaths, Choice choice)
            throws IOException {
        var kafkaClassPath = Files.readString(classPaths.resolve("kafka.classpath")).trim();
        var elasticMq = Files.readString(classPaths.resolve("elasticmq.classpath")).trim();
        this.choice = choice;
        var rabbitMq = peerFolder.resolve("rabbitmq").resolve("start");
        peers.put("kafka", new KafkaPeer(kafkaClassPath, false));
        peers.put("classic", new RabbitMqPeer(rabbitMq, "classic"));
        peers.put("quorum", new RabbitMqPeer(rabbitMq, "quorum"));
        peers.put("elasticmq", new ElasticMqPeer(elasticMq));
        peers.put("sync", new SluicePeer(launcher, "sync"));
        peers.put("os", new SluicePeer(launcher, "os"));
        peers.put("kafka-forced", new KafkaPeer(kafkaClassPath, true));
    }

    /// @param arguments see the class comment
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3) {
            System.err.println("to be run by the script beside it");
            System.exit(2);
        }
        var choice = Choice.of(List.of(arguments).subList(3, arguments.length));
        var compare =
                new Compare(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Path.of(arguments[1]).toAbsolutePath(),
                        Path.of(arguments[2]),
                        choice);
        var scenarios = new Scenarios(choice.scale()).named(choice.scenarios());
        for (var named : scenarios.entrySet()) {
            compare.run(named.getKey(), named.getValue());
        }
    }

    private Peer peer(String name) {
        var peer = peers.get(name);
        if (peer == null) {
            throw new IllegalArgumentException("no peer " + name + "; there are " + peers.keySet());
        }
        return peer;
    }

    private void run(String name, Scenarios.Entry entry) throws Exception {
        var results = new Results(name);
        var chosen = choice.peers().isEmpty() ? entry.peers() : choice.peers();
        for (var round = 1; round <= choice.rounds(); round++) {
            for (var peer : chosen) {
                var label = name + " round " + round + " ";
                var left = choice.quiet() ? TRIES : 1;
                while (!once(entry.scenario(), peer(peer), label, results, left == 1)) {
                    left--;
                }
            }
        }
        System.out.println(results.table());
    }

    /// Runs a scenario against a fresh broker.
    ///
    /// @param last whether the figures count in any case
    /// @return whether they do
    private boolean once(Scenario scenario, Peer peer, String label, Results results, boolean last)
            throws Exception {
        if (choice.quiet()) {
            Machine.awaitQuiet();
        }
        var machine = new Machine();
        var parent = Files.createDirectories(Path.of("target", "comparison").toAbsolutePath());
        try (var running = RunningPeer.start(peer, parent)) {
            var measures = run(scenario, running);
            var others = machine.others(running);
            var counts = last || others < Machine.QUIET;
            if (counts) {
                results.add(peer, measures);
            }
            System.err.printf(
                    "%s%s %s (others had %.0f%% of the machine%s)%n",
                    label, peer.name(), measures, others * 100, counts ? "" : ": does not count");
            return counts;
        }
    }

    private static List<Measure> run(Scenario scenario, RunningPeer running) throws Exception {
        try {
            return scenario.run(running);
        } catch (Exception e) {
            System.err.println(running.lastWords());
            throw e;
        }
    }
}
