package io.sluice.benchmarks.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The client code that every peer meets: kafka-clients with its defaults (idempotent, acks=all) and what a scenario sets on top.
final class Clients {
    private Clients() {}

    static KafkaProducer<byte[], byte[]> producer(String bootstrap, Map<String, Object> settings) {
        var all = new HashMap<String, Object>(quick(bootstrap));
        all.putAll(settings);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                quick(bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static Admin admin(String bootstrap) {
        return Admin.create(quick(bootstrap));
    }

    /// Retries soon while a broker is starting: the start is what is measured, not the client's patience.
    private static Map<String, Object> quick(String bootstrap) {
        return Map.of(
                "bootstrap.servers", bootstrap,
                "reconnect.backoff.ms", 10,
                "reconnect.backoff.max.ms", 20,
                "retry.backoff.ms", 10,
                "retry.backoff.max.ms", 20);
    }

    static void create(String bootstrap, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        try (var admin = admin(bootstrap)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        }
    }
}
