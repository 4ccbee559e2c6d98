package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Promises;
import java.util.List;
import org.junit.jupiter.api.Test;

/// pika, RabbitMQ's own choice for Python.
@Conformance
class PikaTest {
    @Test
    void aBlockingConnectionDoesWhatRabbitMqWould(AmqpAddress broker) {
        assertThat(Script.run(broker, List.of(python()), "pika/blocking.py")).endsWith("ok\n");
    }

    @Test
    void anAsynchronousConnectionConfirmsAndConsumesInBulk(AmqpAddress broker) {
        assertThat(Script.run(broker, List.of(python()), "pika/asynchronous.py")).endsWith("ok\n");
    }

    @Test
    void aFailingWorkerGetsTheMessageAgainLaterAndThenItIsADeadLetter(AmqpAddress broker) {
        Promises.ofSluiceOnly("nobody else has these policies");
        assertThat(Script.run(broker, List.of(python()), "pika/retry.py")).endsWith("ok\n");
    }

    private static String python() {
        var python = Script.python("pika");
        Program.requireThat(
                python.isPresent(), "apt-get install python3-pika, or ./sluice test as root");
        return python.orElseThrow();
    }
}
