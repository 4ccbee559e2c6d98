package io.sluice.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The word count of Kafka Streams' introduction: a repartition topic, a compacted changelog, a group, at least once.
@Conformance
class StreamsTest {
    @Test
    void wordsAreCountedAndCountingGoesOnAfterTheStateIsLost(
            Clients clients, @TempDir Path directory) {
        var lines = clients.topic("lines", 2);
        var counts = clients.topic("counts", 2, "cleanup.policy", "compact");
        var application = clients.name("word-count");
        var counted = new HashMap<String, Long>();
        var reader = clients.consumer(Map.of(), new StringDeserializer(), new LongDeserializer());
        reader.assign(Clients.partitions(counts, 2));

        var _ =
                clients.write(
                        lines, 0, List.of("All streams lead to Kafka", "hello Kafka streams"));
        try (var streams =
                wordCount(clients, application, lines, counts, directory.resolve("first"))) {
            streams.start();
            await(reader, counted, Map.of("kafka", 2L, "streams", 2L, "all", 1L, "hello", 1L));
        }
        var _ = clients.write(lines, 1, List.of("Kafka again"));
        // With an empty directory: the counts so far come back from the changelog.
        try (var streams =
                wordCount(clients, application, lines, counts, directory.resolve("second"))) {
            streams.start();
            await(reader, counted, Map.of("kafka", 3L, "again", 1L));
        }

        var changelog =
                new ConfigResource(ConfigResource.Type.TOPIC, application + "-counts-changelog");
        var config = clients.config(changelog);
        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
    }

    private static KafkaStreams wordCount(
            Clients clients, String application, String lines, String counts, Path directory) {
        var settings = new Properties();
        settings.put("application.id", application);
        settings.put("bootstrap.servers", clients.bootstrap());
        settings.put("state.dir", directory.toString());
        settings.put("commit.interval.ms", "200");
        settings.put("processing.guarantee", "at_least_once");
        settings.put("replication.factor", "1");
        settings.put("auto.offset.reset", "earliest");
        // Streams does not leave its group when it is closed: the second one waits for the end of
        // the first one's session.
        settings.put("session.timeout.ms", "6000");
        return new KafkaStreams(topology(lines, counts), settings);
    }

    private static Topology topology(String lines, String counts) {
        var builder = new StreamsBuilder();
        builder.<String, String>stream(lines, Consumed.with(Serdes.String(), Serdes.String()))
                .flatMapValues(line -> Arrays.asList(line.toLowerCase(Locale.ROOT).split(" ")))
                .groupBy((_, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
                .count(Materialized.as("counts"))
                .toStream()
                .to(counts, Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    private static void await(
            Consumer<String, Long> reader, Map<String, Long> counted, Map<String, Long> expected) {
        Until.holds(
                "the counts are there",
                Until.PATIENCE,
                () -> {
                    reader.poll(Duration.ofMillis(200))
                            .forEach(record -> counted.put(record.key(), record.value()));
                    return counted.entrySet().containsAll(expected.entrySet());
                },
                counted::toString);
    }
}
