package io.sluice.benchmarks;

import io.sluice.benchmarks.peer.KafkaPeer;
import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.peer.SluicePeer;
import io.sluice.benchmarks.scenario.CatchUp;
import io.sluice.benchmarks.scenario.EndToEnd;
import io.sluice.benchmarks.scenario.ManyTopics;
import io.sluice.benchmarks.scenario.Produce;
import io.sluice.benchmarks.scenario.Recovery;
import io.sluice.benchmarks.scenario.Scenario;
import io.sluice.benchmarks.scenario.StartUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs scenarios against Sluice and its peers in turn (A B A B ...) with the same client code in this one process, and prints a
/// table of medians and ratios.
///
/// `Compare <launcher> <file with Kafka's class path> <rounds> <scenario|all> [peer ...]`
public final class Compare {
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("produce-1k", new Produce(1_024, 2_000_000));
        SCENARIOS.put("produce-100", new Produce(100, 10_000_000));
        SCENARIOS.put("end-to-end", new EndToEnd(5_000, 20));
        SCENARIOS.put("catch-up", new CatchUp(3_000));
        SCENARIOS.put("many-topics", new ManyTopics(1_000));
        SCENARIOS.put("start", new StartUp());
        SCENARIOS.put("recovery", new Recovery(5_000));
    }

    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final int rounds;

    private Compare(Path launcher, String kafkaClassPath, int rounds) {
        this.rounds = rounds;
        peers.put("kafka", new KafkaPeer(kafkaClassPath, false));
        peers.put("sync", new SluicePeer(launcher, "sync"));
        peers.put("os", new SluicePeer(launcher, "os"));
        peers.put("kafka-forced", new KafkaPeer(kafkaClassPath, true));
    }

    /// @param arguments see the class comment
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println(
                    "usage: Compare <launcher> <file with Kafka's class path> <rounds> <scenario|all> [kafka|sync|os|kafka-forced ...]");
            System.exit(2);
        }
        var compare =
                new Compare(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Files.readString(Path.of(arguments[1])).trim(),
                        Integer.parseInt(arguments[2]));
        var chosen = List.of(arguments).subList(4, arguments.length);
        var names =
                arguments[3].equals("all") ? SCENARIOS.keySet() : List.of(arguments[3].split(","));
        for (var name : names) {
            compare.run(name, chosen.isEmpty() ? peersOf(name) : chosen);
        }
    }

    /// Kafka that forces takes part only where the comparison asks for it: it would need an hour for the others.
    private static List<String> peersOf(String scenario) {
        return scenario.equals("end-to-end")
                ? List.of("kafka", "sync", "os", "kafka-forced")
                : List.of("kafka", "sync", "os");
    }

    private Peer peer(String name) {
        var peer = peers.get(name);
        if (peer == null) {
            throw new IllegalArgumentException("no peer " + name + "; there are " + peers.keySet());
        }
        return peer;
    }

    private void run(String name, List<String> chosen) throws Exception {
        var scenario = SCENARIOS.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException(
                    "no scenario " + name + "; there are " + SCENARIOS.keySet());
        }
        var results = new Results(name);
        var parent = Files.createDirectories(Path.of("target", "comparison").toAbsolutePath());
        for (var round = 0; round < rounds; round++) {
            for (var peer : new ArrayList<>(chosen)) {
                try (var running = RunningPeer.start(peer(peer), parent)) {
                    var measures = scenario.run(running);
                    results.add(running.name(), measures);
                    System.err.println(
                            name + " round " + (round + 1) + " " + running.name() + " " + measures);
                }
            }
        }
        System.out.println(results.table());
    }
}
