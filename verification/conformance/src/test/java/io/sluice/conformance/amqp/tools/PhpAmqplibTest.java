package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

/// php-amqplib, which most PHP frameworks build upon.
@Conformance
class PhpAmqplibTest {
    @Test
    void itDoesWhatRabbitMqWould(AmqpAddress broker) {
        Program.requireThat(
                Script.works(List.of("php", "-r", "require 'PhpAmqpLib/autoload.php';")),
                "apt-get install php-cli php-amqplib, or ./sluice test as root");

        assertThat(Script.run(broker, List.of("php"), "php/scenarios.php")).endsWith("ok\n");
    }
}
