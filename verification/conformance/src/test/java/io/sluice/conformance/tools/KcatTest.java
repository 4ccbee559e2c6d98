package io.sluice.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// librdkafka, which most languages other than Java use.
@Conformance
class KcatTest {
    @BeforeAll
    static void kcatIsInstalled() {
        Program.require("kcat", "apt-get install kcat, or ./sluice test as root");
    }

    @Test
    void theMetadataAreListed(Clients clients) {
        var topic = clients.topic("kcat-listed", 3);

        assertThat(kcat(clients, "", "-L", "-t", topic))
                .contains("topic \"" + topic + "\" with 3 partitions")
                .contains("1 brokers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void recordsGoBackAndForthWithEveryCompression(String compression, Clients clients) {
        var topic = clients.topic("kcat-" + compression, 1);
        var lines =
                IntStream.range(0, 200)
                        .mapToObj(i -> "k" + i + ":line " + i)
                        .collect(Collectors.joining("\n", "", "\n"));

        kcat(
                clients,
                lines,
                "-P",
                "-t",
                topic,
                "-K:",
                "-z",
                compression,
                "-X",
                "enable.idempotence=true");

        assertThat(kcat(clients, "", "-C", "-t", topic, "-K:", "-o", "beginning", "-e", "-q"))
                .isEqualTo(lines);
        assertThat(Reading.all(clients, topic))
                .hasSize(200)
                .allMatch(record -> record.value().startsWith("line "));
    }

    @Test
    void headersAndTombstonesArrive(Clients clients) {
        var topic = clients.topic("kcat-headers", 1);

        kcat(clients, "key:", "-P", "-t", topic, "-K:", "-Z", "-H", "colour=blue");

        var record = Reading.all(clients, topic).getFirst();
        assertThat(record.value()).isNull();
        assertThat(record.headers().lastHeader("colour").value()).asString().isEqualTo("blue");
    }

    @Test
    void anOffsetAndATimestampAreFound(Clients clients) {
        var topic = clients.topic("kcat-offsets", 1);
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));

        assertThat(kcat(clients, "", "-C", "-t", topic, "-o", "1", "-c", "1", "-q"))
                .isEqualTo("b\n");
        assertThat(kcat(clients, "", "-C", "-t", topic, "-o", "-1", "-e", "-q")).isEqualTo("c\n");
        assertThat(kcat(clients, "", "-C", "-t", topic, "-o", "s@1000", "-c", "3", "-q"))
                .isEqualTo("a\nb\nc\n");
        assertThat(kcat(clients, "", "-Q", "-t", topic + ":0:1000")).contains("offset 0");
    }

    @Test
    void aBalancedConsumerReadsAllAndResumes(Clients clients) {
        var topic = clients.topic("kcat-group", 2);
        var group = clients.name("kcat");
        var _ = clients.write(topic, 0, List.of("a", "b"));
        var _ = clients.write(topic, 1, List.of("c"));

        assertThat(consume(clients, group, topic, 3)).containsExactlyInAnyOrder("a", "b", "c");
        Until.holds(
                "the offsets are committed",
                () ->
                        Clients.done(
                                                clients.admin()
                                                        .listConsumerGroupOffsets(group)
                                                        .partitionsToOffsetAndMetadata())
                                        .size()
                                == 2);
        var _ = clients.write(topic, 1, List.of("d"));
        assertThat(consume(clients, group, topic, 1)).containsExactly("d");
    }

    private static List<String> consume(Clients clients, String group, String topic, int count) {
        return kcat(
                        clients,
                        "",
                        "-G",
                        group,
                        "-c",
                        Integer.toString(count),
                        "-q",
                        "-X",
                        "auto.offset.reset=earliest",
                        topic)
                .lines()
                .toList();
    }

    private static String kcat(Clients clients, String input, String... arguments) {
        var command = new ArrayList<>(List.of("kcat", "-b", clients.bootstrap()));
        command.addAll(List.of(arguments));
        return Program.run(command, input);
    }
}
