package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/// `kill -9` with much stored; from the spawn of the next process to a record acknowledged by every partition.
public record Recovery(int megabytes) implements Scenario {
    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        Clients.create(peer.bootstrap(), "load", 6);
        try (var producer =
                Clients.producer(peer.bootstrap(), Map.of("batch.size", 65_536, "linger.ms", 5))) {
            Produce.send(producer, new byte[1_000], megabytes * 1_000);
        }
        peer.killAndRestart();
        try (var producer = Clients.producer(peer.bootstrap(), Map.of("linger.ms", 0))) {
            for (var partition = 0; partition < 6; partition++) {
                producer.send(new ProducerRecord<>("load", partition, null, new byte[100])).get();
            }
            return List.of(
                    new Measure(
                            "kill to serving again, s",
                            (System.nanoTime() - peer.startedNanos()) / 1e9));
        }
    }
}
