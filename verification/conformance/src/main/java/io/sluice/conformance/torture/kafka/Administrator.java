package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Worker;
import io.sluice.conformance.torture.kafka.Topics.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/// Creates, alters, enlarges and deletes topics, one after the other.
final class Administrator extends Worker {
    private static final int TOPICS_MAX = 20;

    private final ReentrantLock turn = new ReentrantLock();
    private final String bootstrap;
    private final Topics topics;
    private final Random random;
    private int created;

    Administrator(String bootstrap, Topics topics, Random random) {
        super("administrator");
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.random = random;
    }

    @Override
    protected void work() throws InterruptedException {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrap,
                        "reconnect.backoff.max.ms", "200",
                        "request.timeout.ms", "5000",
                        "default.api.timeout.ms", "10000");
        try (var admin = Admin.create(settings)) {
            while (!isStopping()) {
                turn.lockInterruptibly();
                try {
                    operate(admin);
                } finally {
                    turn.unlock();
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }

    /// Lets the administrator finish what it does, and rest while `check` runs.
    void whileResting(Worry check) throws Exception {
        turn.lockInterruptibly();
        try {
            check.run();
        } finally {
            turn.unlock();
        }
    }

    /// Something that may go wrong.
    interface Worry {
        void run() throws Exception;
    }

    private void operate(Admin admin) throws InterruptedException {
        var names = List.copyOf(topics.existing().keySet());
        if (names.size() < 3 || (names.size() < TOPICS_MAX && random.nextInt(3) == 0)) {
            var name = "play-" + created++;
            attempt(name, () -> create(admin, name));
        } else {
            var name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> attempt(name, () -> alter(admin, name));
                case 1 -> attempt(name, () -> enlarge(admin, name));
                default -> attempt(name, () -> delete(admin, name));
            }
        }
    }

    private void attempt(String name, Attempt attempt) throws InterruptedException {
        try {
            attempt.run();
        } catch (ExecutionException noAnswer) {
            topics.isUncertain(name);
        }
    }

    private void create(Admin admin, String name) throws ExecutionException, InterruptedException {
        var retention = Integer.toString(1_000_000 + random.nextInt(1_000_000));
        var partitions = 1 + random.nextInt(4);
        var topic =
                new NewTopic(name, partitions, (short) 1)
                        .configs(Map.of("retention.ms", retention));
        var id = admin.createTopics(List.of(topic)).topicId(name).get();
        topics.exists(name, new Told(id, partitions, retention));
    }

    private void alter(Admin admin, String name) throws ExecutionException, InterruptedException {
        var before = told(name);
        var retention = Integer.toString(1_000_000 + random.nextInt(1_000_000));
        var op = new AlterConfigOp(new ConfigEntry("retention.ms", retention), OpType.SET);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(op))).all().get();
        topics.exists(name, new Told(before.id(), before.partitions(), retention));
    }

    private void enlarge(Admin admin, String name) throws ExecutionException, InterruptedException {
        var before = told(name);
        var partitions = before.partitions() + 1;
        admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all().get();
        topics.exists(name, new Told(before.id(), partitions, before.retentionMillis()));
    }

    private void delete(Admin admin, String name) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(name)).all().get();
        topics.isDeleted(name);
    }

    private Told told(String name) {
        var told = topics.existing().get(name);
        assert told != null : "only topics that exist are altered";
        return told;
    }

    private interface Attempt {
        void run() throws ExecutionException, InterruptedException;
    }
}
