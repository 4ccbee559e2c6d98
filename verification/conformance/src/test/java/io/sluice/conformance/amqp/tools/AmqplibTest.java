package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// amqplib, which Node applications use.
@Conformance
class AmqplibTest {
    private static final Path MODULES = Path.of("npm").toAbsolutePath();

    @Test
    void itDoesWhatRabbitMqWould(AmqpAddress broker) {
        Program.require("node", "apt-get install nodejs");
        Program.requireThat(
                Files.isDirectory(MODULES.resolve("node_modules/amqplib")),
                "amqplib is not installed: npm ci in verification/conformance/npm, or ./sluice test");

        assertThat(Script.run(broker, List.of("node"), MODULES.resolve("amqp/scenarios.js")))
                .endsWith("ok\n");
    }
}
