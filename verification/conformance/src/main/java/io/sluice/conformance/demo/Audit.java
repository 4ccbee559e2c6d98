package io.sluice.conformance.demo;

import io.sluice.conformance.process.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The auditors: a Kafka share group of its own on the same topic, which must see every payment whatever the workers do.
final class Audit implements AutoCloseable {
    private static final String GROUP = "audit";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicLong again = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    Audit(Ports ports, String topic) {
        beginWithTheFirst(ports);
        thread = Thread.ofPlatform().name("audit").start(() -> read(ports, topic));
    }

    /// The name of the queue that a share group is on its topic.
    static String queueOf(String topic) {
        return GROUP + "/" + topic;
    }

    /// What was published before the group came is its affair too.
    private static void beginWithTheFirst(Ports ports) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", ports.bootstrap()))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.GROUP, GROUP),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "share.auto.offset.reset", "earliest"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    Set<String> seen() {
        return Set.copyOf(seen);
    }

    int count() {
        return seen.size();
    }

    /// Payments that came more than once.
    long again() {
        return again.get();
    }

    private void read(Ports ports, String topic) {
        try (var consumer =
                new KafkaShareConsumer<String, String>(
                        Map.of(
                                "bootstrap.servers",
                                ports.bootstrap(),
                                "group.id",
                                GROUP,
                                "key.deserializer",
                                StringDeserializer.class.getName(),
                                "value.deserializer",
                                StringDeserializer.class.getName()))) {
            consumer.subscribe(Set.of(topic));
            while (!closing) {
                try {
                    for (var record : consumer.poll(POLL)) {
                        Payment.of(record.value())
                                .ifPresent(
                                        payment -> {
                                            if (!seen.add(payment.id())) {
                                                again.incrementAndGet();
                                            }
                                        });
                    }
                } catch (KafkaException lost) {
                    System.err.println("audit: " + lost);
                }
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
