package io.sluice.conformance.support;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The clients of one test: unmodified kafka-clients with their default settings, closed when the test ends.
public final class Clients implements AutoCloseable {
    private final String bootstrap;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Admin admin;

    Clients(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = closing(Admin.create(Map.of("bootstrap.servers", bootstrap)));
    }

    /// Clients of a broker that the test started itself, and for the test to close.
    public static Clients of(BrokerProcess broker) {
        return new Clients(broker.bootstrap());
    }

    public String bootstrap() {
        return bootstrap;
    }

    public Admin admin() {
        return admin;
    }

    /// A name that no other test has: `hint` says in the broker's log what it was for.
    public String name(String hint) {
        return hint + "-" + Uuid.randomUuid().toString().replace('-', 'x');
    }

    /// Creates a topic.
    ///
    /// @param configs name, value, name, value, ...
    public String topic(String hint, int partitions, String... configs) {
        var name = name(hint);
        create(name, partitions, configs);
        return name;
    }

    public void create(String name, int partitions, String... configs) {
        var topic =
                new NewTopic(name, Optional.of(partitions), Optional.empty())
                        .configs(pairs(configs));
        done(admin.createTopics(List.of(topic)).all());
        // A broker of Kafka tells its creation before it knows the partitions' leaders itself.
        Until.holds(
                name + " has leaders",
                () ->
                        at(admin.describeTopics(List.of(name)).topicNameValues(), name)
                                        .get()
                                        .partitions()
                                        .stream()
                                        .filter(partition -> partition.leader() != null)
                                        .count()
                                == partitions);
    }

    public TopicDescription describe(String topic) {
        return at(done(admin.describeTopics(List.of(topic)).allTopicNames()), topic);
    }

    public Config config(ConfigResource resource) {
        return at(done(admin.describeConfigs(List.of(resource)).all()), resource);
    }

    public Producer<String, String> producer(Map<String, ?> settings) {
        return producer(settings, new StringSerializer(), new StringSerializer());
    }

    public <K, V> Producer<K, V> producer(
            Map<String, ?> settings, Serializer<K> keys, Serializer<V> values) {
        return closing(new KafkaProducer<>(withBootstrap(settings), keys, values));
    }

    public Consumer<String, String> consumer(Map<String, ?> settings) {
        return consumer(settings, new StringDeserializer(), new StringDeserializer());
    }

    /// A consumer that starts at the beginning and commits only when told to, unless `settings` say otherwise.
    public <K, V> Consumer<K, V> consumer(
            Map<String, ?> settings, Deserializer<K> keys, Deserializer<V> values) {
        return closing(new KafkaConsumer<>(consumerSettings(settings), keys, values));
    }

    Map<String, Object> consumerSettings(Map<String, ?> settings) {
        var all =
                withBootstrap(
                        Map.of("auto.offset.reset", "earliest", "enable.auto.commit", "false"));
        all.putAll(settings);
        return all;
    }

    /// Has `resource` closed when the test ends, before those that were opened earlier.
    public <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /// Writes `values` to one partition and returns when they are acknowledged.
    public List<RecordMetadata> write(String topic, int partition, List<String> values) {
        try (var producer =
                new KafkaProducer<>(
                        withBootstrap(Map.of()), new StringSerializer(), new StringSerializer())) {
            return send(
                    producer,
                    values.stream()
                            .map(
                                    value ->
                                            new ProducerRecord<String, String>(
                                                    topic, partition, null, value))
                            .toList());
        }
    }

    /// Sends all `records`, then waits for all acknowledgements.
    public static <K, V> List<RecordMetadata> send(
            Producer<K, V> producer, List<ProducerRecord<K, V>> records) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        records.forEach(record -> sent.add(producer.send(record)));
        producer.flush();
        return sent.stream().map(Clients::done).toList();
    }

    /// The result of `future`.
    ///
    /// @throws AssertionError with its cause if it failed, or after [Until#PATIENCE]
    public static <T> T done(Future<T> future) {
        try {
            return future.get(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (TimeoutException | InterruptedException late) {
            throw new AssertionError(late);
        }
    }

    /// What is told to a client whose request must fail.
    public static Throwable refusal(Future<?> future) {
        try {
            var result = future.get(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("not refused, but answered with " + result);
        } catch (ExecutionException refused) {
            return refused.getCause() == null ? refused : refused.getCause();
        } catch (TimeoutException | InterruptedException late) {
            throw new AssertionError(late);
        }
    }

    /// The value at `key`, which must be there.
    public static <K, V> V at(Map<K, V> map, K key) {
        var value = map.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " in " + map);
        }
        return value;
    }

    public static List<TopicPartition> partitions(String topic, int count) {
        var partitions = new ArrayList<TopicPartition>();
        for (var index = 0; index < count; index++) {
            partitions.add(new TopicPartition(topic, index));
        }
        return partitions;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                switch (open.pop()) {
                    case Producer<?, ?> producer -> producer.close(Duration.ofSeconds(1));
                    case Consumer<?, ?> consumer ->
                            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
                    case Admin one -> one.close(Duration.ofSeconds(1));
                    case AutoCloseable other -> other.close();
                }
            } catch (Exception failed) {
                throw new AssertionError("a client does not close", failed);
            }
        }
    }

    private Map<String, Object> withBootstrap(Map<String, ?> settings) {
        var all = new HashMap<String, Object>();
        all.put("bootstrap.servers", bootstrap);
        all.putAll(settings);
        return all;
    }

    private static Map<String, String> pairs(String... configs) {
        var pairs = new HashMap<String, String>();
        for (var i = 0; i < configs.length; i += 2) {
            pairs.put(configs[i], configs[i + 1]);
        }
        return pairs;
    }
}
