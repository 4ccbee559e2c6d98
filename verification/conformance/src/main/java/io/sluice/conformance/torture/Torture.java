package io.sluice.conformance.torture;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Software;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/// Rounds of load, `kill -9`, restart and a comparison with what the clients were told.
///
/// The seed decides what is written, when the broker is killed and whether it is killed again while it starts. Clients and broker are
/// real, so the same seed makes the same attempt, not the same interleaving.
public final class Torture {
    private static final int PARTITIONS = 3;
    private static final List<String> TOPICS = List.of("torture-a", "torture-b");
    private static final int WRITERS = 4;
    private static final int FULL_READ_EVERY = 10;
    private static final Duration LOAD_MIN = Duration.ofMillis(300);
    private static final Duration LOAD_MAX = Duration.ofMillis(2_500);

    private final BrokerProcess broker;
    private final Random random;
    private final PrintStream out;
    private final Lanes lanes = new Lanes();
    private final Commits commits = new Commits();
    private final Topics topics = new Topics();
    private final List<Worker> workers = new ArrayList<>();
    private final Administrator administrator;
    private int kills;

    private Torture(BrokerProcess broker, long seed, PrintStream out) {
        this.broker = broker;
        this.random = new Random(seed);
        this.out = out;
        this.administrator =
                new Administrator(broker.bootstrap(), topics, new Random(random.nextLong()));
    }

    /// Runs `rounds` rounds against `software`, with its files in `directory`.
    ///
    /// @throws AssertionError whose first line names the seed, if a promise was not kept
    public static void run(
            Software software, Path directory, long seed, int rounds, PrintStream out)
            throws Exception {
        out.println("torture: seed " + seed + ", " + rounds + " rounds, files in " + directory);
        try (var broker = BrokerProcess.started(software, directory)) {
            var torture = new Torture(broker, seed, out);
            try {
                torture.rounds(rounds);
            } catch (AssertionError broken) {
                throw new AssertionError(
                        "seed "
                                + seed
                                + ", after "
                                + torture.kills
                                + " kills: "
                                + broken.getMessage()
                                + "\n"
                                + broker.tailOfLog(),
                        broken);
            }
        }
    }

    private void rounds(int rounds) throws Exception {
        createTopics();
        startWorkers();
        for (var round = 1; round <= rounds; round++) {
            load();
            kill();
            broker.start();
            workers.forEach(Worker::check);
            if (round % FULL_READ_EVERY == 0) {
                lanes.startOver();
            }
            verify("round " + round);
        }
        workers.forEach(Worker::stop);
        for (var worker : workers) {
            worker.join();
        }
        lanes.startOver();
        verify("all over again, from the first record");
        if (lanes.acknowledged() != lanes.sent()) {
            throw new Violation(
                    Invariant.CLIENTS_GO_ON,
                    lanes.sent() + " records sent, " + lanes.acknowledged() + " acknowledged");
        }
        out.println("torture: passed, " + kills + " kills");
    }

    private void createTopics() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(
                            TOPICS.stream()
                                    .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    private void startWorkers() {
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
                            number,
                            broker.bootstrap(),
                            lanes,
                            partitions,
                            new Random(random.nextLong())));
        }
        var readers = 0;
        for (var protocol : List.of("classic", "classic", "consumer", "consumer")) {
            workers.add(new Reader(readers++, broker.bootstrap(), protocol, commits, TOPICS));
        }
        workers.add(administrator);
        workers.forEach(Worker::start);
    }

    /// Lets the clients work: at least until something new has been acknowledged, then for a time of chance.
    private void load() {
        var before = lanes.acknowledged();
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (lanes.acknowledged() == before) {
            workers.forEach(Worker::check);
            if (System.nanoTime() > deadline) {
                throw new Violation(Invariant.CLIENTS_GO_ON, "nothing is acknowledged any more");
            }
            LockSupport.parkNanos(1_000_000);
        }
        var span = LOAD_MAX.toNanos() - LOAD_MIN.toNanos();
        pause(LOAD_MIN.toNanos() + (long) (random.nextDouble() * span));
    }

    private void kill() {
        broker.kill();
        kills++;
        // Recovery itself must survive being killed.
        while (random.nextInt(4) == 0) {
            broker.launch();
            pause(random.nextInt(1_000) * 1_000_000L);
            broker.kill();
            kills++;
        }
    }

    private void verify(String when) throws Exception {
        var read = lanes.verify(broker.bootstrap());
        try (var admin = admin()) {
            commits.verify(admin);
            administrator.whileResting(() -> topics.verify(admin));
        }
        out.printf(
                "%s: %d kills, %d records acknowledged, %d read back, commits up to %d, %d topic operations%n",
                when,
                kills,
                lanes.acknowledged(),
                read,
                commits.greatestSum(),
                topics.operations());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    /// The moment of the kill is chance, not a condition: this is the one pause that waits for nothing.
    private static void pause(long nanos) {
        var end = System.nanoTime() + nanos;
        for (var left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
