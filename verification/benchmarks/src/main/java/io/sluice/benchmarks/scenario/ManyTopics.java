package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Creates topics, sends one record to each, deletes them.
public record ManyTopics(int topics) implements Scenario {
    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        try (var admin = Clients.admin(peer.bootstrap());
                var producer =
                        Clients.producer(
                                peer.bootstrap(),
                                Map.of("linger.ms", 5, "max.block.ms", 600_000))) {
            admin.describeCluster().nodes().get();
            var names = IntStream.range(0, topics).mapToObj(i -> "topic-" + i).toList();
            var start = System.nanoTime();
            admin.createTopics(
                            names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
                    .all()
                    .get();
            var created = System.nanoTime();
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var name : names) {
                sent.add(producer.send(new ProducerRecord<>(name, 0, null, new byte[100])));
            }
            for (var one : sent) {
                one.get();
            }
            var produced = System.nanoTime();
            admin.deleteTopics(names).all().get();
            var deleted = System.nanoTime();
            return List.of(
                    new Measure("create, s", (created - start) / 1e9),
                    new Measure("one record each, s", (produced - created) / 1e9),
                    new Measure("delete, s", (deleted - produced) / 1e9),
                    new Measure("all three, s", (deleted - start) / 1e9),
                    new Measure("peak memory, MB", peer.use().peakRssBytes() / 1e6));
        }
    }
}
