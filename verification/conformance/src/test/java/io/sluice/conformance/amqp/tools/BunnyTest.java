package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

/// bunny, the Ruby client.
@Conformance
class BunnyTest {
    @Test
    void itDoesWhatRabbitMqWould(AmqpAddress broker) {
        Program.requireThat(
                Script.works(List.of("ruby", "-r", "bunny", "-e", "")),
                "apt-get install ruby-bunny, or ./sluice test as root");

        assertThat(Script.run(broker, List.of("ruby"), "ruby/scenarios.rb")).endsWith("ok\n");
    }
}
