package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// amqp091-go, from Debian's packages of Go sources. Nothing installs it, CI neither: with its compiler it is half a gigabyte.
@Conformance
class GoClientTest {
    private static final Path SOURCES = Path.of("/usr/share/gocode");

    @Test
    void itDoesWhatRabbitMqWould(AmqpAddress broker) {
        assumeThat(Files.isDirectory(SOURCES.resolve("src/github.com/rabbitmq/amqp091-go")))
                .as("apt-get install golang-go golang-github-rabbitmq-amqp091-go-dev")
                .isTrue();

        var go = List.of("env", "GO111MODULE=off", "GOPATH=" + SOURCES, "go", "run");
        assertThat(Script.run(broker, go, "go/scenarios.go")).endsWith("ok\n");
    }
}
