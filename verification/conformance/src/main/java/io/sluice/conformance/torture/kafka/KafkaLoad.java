package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Load;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/// Idempotent producers, consumer groups of both protocols, and an administrator.
public final class KafkaLoad implements Load {
    private static final int PARTITIONS = 3;
    private static final List<String> TOPICS = List.of("torture-a", "torture-b");
    private static final int WRITERS = 4;
    private static final int FULL_READ_EVERY = 10;

    private final String bootstrap;
    private final Random random;
    private final Lanes lanes = new Lanes();
    private final Commits commits = new Commits();
    private final Topics topics = new Topics();
    private final List<Worker> workers = new ArrayList<>();
    private final Administrator administrator;

    public KafkaLoad(String bootstrap, Random random) {
        this.bootstrap = bootstrap;
        this.random = random;
        this.administrator = new Administrator(bootstrap, topics, new Random(random.nextLong()));
    }

    @Override
    public void begin() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(
                            TOPICS.stream()
                                    .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        var partitions =
                TOPICS.stream()
                        .flatMap(
                                topic ->
                                        IntStream.range(0, PARTITIONS)
                                                .mapToObj(
                                                        index -> new TopicPartition(topic, index)))
                        .toList();
        for (var number = 0; number < WRITERS; number++) {
            workers.add(
                    new Writer(
                            number, bootstrap, lanes, partitions, new Random(random.nextLong())));
        }
        var readers = 0;
        for (var protocol : List.of("classic", "classic", "consumer", "consumer")) {
            workers.add(new Reader(readers++, bootstrap, protocol, commits, TOPICS));
        }
        workers.add(administrator);
        workers.forEach(Worker::start);
    }

    @Override
    public long acknowledged() {
        return lanes.acknowledged();
    }

    @Override
    public void check() {
        Worker.checkAll(workers);
    }

    @Override
    public void killed() {
        // Kafka's clients need not be told.
    }

    @Override
    public String verify(int round) throws Exception {
        if (round % FULL_READ_EVERY == 0) {
            lanes.startOver();
        }
        return compare();
    }

    @Override
    public String end() throws Exception {
        workers.forEach(Worker::stop);
        for (var worker : workers) {
            worker.join();
        }
        lanes.startOver();
        var summary = compare();
        if (lanes.acknowledged() != lanes.sent()) {
            throw new Violation(
                    Invariant.CLIENTS_GO_ON,
                    lanes.sent() + " records sent, " + lanes.acknowledged() + " acknowledged");
        }
        return summary;
    }

    private String compare() throws Exception {
        var read = lanes.verify(bootstrap);
        try (var admin = admin()) {
            commits.verify(admin);
            administrator.whileResting(() -> topics.verify(admin));
        }
        return "%d records acknowledged, %d read back, commits up to %d, %d topic operations"
                .formatted(lanes.acknowledged(), read, commits.greatestSum(), topics.operations());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }
}
