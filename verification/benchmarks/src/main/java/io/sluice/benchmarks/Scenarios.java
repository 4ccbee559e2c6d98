package io.sluice.benchmarks;

import io.sluice.benchmarks.scenario.CatchUp;
import io.sluice.benchmarks.scenario.EndToEnd;
import io.sluice.benchmarks.scenario.ManyTopics;
import io.sluice.benchmarks.scenario.Produce;
import io.sluice.benchmarks.scenario.Recovery;
import io.sluice.benchmarks.scenario.Scenario;
import io.sluice.benchmarks.scenario.StartUp;
import io.sluice.benchmarks.scenario.queue.Backlog;
import io.sluice.benchmarks.scenario.queue.Latency;
import io.sluice.benchmarks.scenario.queue.ManyQueues;
import io.sluice.benchmarks.scenario.queue.Throughput;
import io.sluice.benchmarks.scenario.queue.Transient;
import io.sluice.benchmarks.scenario.sqs.Batches;
import io.sluice.benchmarks.scenario.sqs.Cycles;
import io.sluice.benchmarks.scenario.sqs.FirstAnswer;
import io.sluice.benchmarks.scenario.sqs.Groups;
import io.sluice.benchmarks.scenario.sqs.Polls;
import io.sluice.benchmarks.scenario.sqs.SteadySends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What can be measured, by name, and who takes part unless told otherwise: whoever speaks the protocol.
final class Scenarios {
    /// @param kind `topics` (Kafka's protocol), `queues` (AMQP 0-9-1) or `sqs`
    record Entry(String kind, List<String> peers, Scenario scenario) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final double scale;

    /// @param scale 1 for what is published, less for a try
    Scenarios(double scale) {
        this.scale = scale;
        // Where tails or the highest rates are measured, runs are long enough for the compilers of
        // both sides to be done: a broker runs for weeks.
        var kafka = List.of("kafka", "sync", "os");
        topics("produce-1k", kafka, new Produce(1_024, scaled(2_000_000)));
        topics("produce-100", kafka, new Produce(100, scaled(10_000_000)));
        // Kafka that forces takes part only where the comparison asks for it: it would need an hour
        // for the others.
        topics(
                "end-to-end",
                List.of("kafka", "sync", "os", "kafka-forced"),
                new EndToEnd(5_000, scaled(20)));
        topics("catch-up", kafka, new CatchUp(scaled(3_000)));
        topics("many-topics", kafka, new ManyTopics(scaled(1_000)));
        topics("start", kafka, new StartUp());
        topics("recovery", kafka, new Recovery(scaled(5_000)));
        queues("queue-1k", new Throughput(1_024, scaled(400_000)));
        queues("queue-100", new Throughput(100, scaled(400_000)));
        queues("queue-latency", new Latency(2_000, scaled(90), scaled(1_000_000)));
        queues("backlog", new Backlog(scaled(1_000_000)));
        queues("transient", new Transient(100, scaled(3_000_000)));
        queues("many-queues", new ManyQueues(scaled(10_000)));
        sqs("sqs-batch-100", new Batches(100, scaled(400_000)));
        sqs("sqs-batch-1k", new Batches(1_024, scaled(400_000)));
        sqs("sqs-single", new Cycles(scaled(100_000)));
        sqs("sqs-latency", new SteadySends(300, scaled(100)));
        sqs("sqs-groups", new Groups(1_000, scaled(200_000), 60));
        sqs("sqs-polls", new Polls(scaled(10_000)));
        sqs("sqs-start", new FirstAnswer());
    }

    private void topics(String name, List<String> peers, Scenario scenario) {
        entries.put(name, new Entry("topics", peers, scenario));
    }

    private void queues(String name, Scenario scenario) {
        entries.put(name, new Entry("queues", List.of("classic", "quorum", "sync"), scenario));
    }

    private void sqs(String name, Scenario scenario) {
        entries.put(name, new Entry("sqs", List.of("elasticmq", "sync"), scenario));
    }

    private int scaled(int amount) {
        return Math.max(1, (int) Math.round(amount * scale));
    }

    /// The chosen scenarios.
    ///
    /// @param names separated by commas; a kind stands for all of it, `all` for everything
    Map<String, Entry> named(String names) {
        var chosen = new LinkedHashMap<String, Entry>();
        for (var name : List.of(names.split(","))) {
            var before = chosen.size();
            entries.forEach(
                    (key, entry) -> {
                        if (List.of("all", entry.kind(), key).contains(name)) {
                            chosen.put(key, entry);
                        }
                    });
            if (chosen.size() == before) {
                throw new IllegalArgumentException(
                        "no new scenario \"" + name + "\"; there are " + entries.keySet());
            }
        }
        return chosen;
    }
}
