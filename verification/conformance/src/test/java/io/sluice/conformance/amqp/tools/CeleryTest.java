package io.sluice.conformance.amqp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A Celery application: kombu and py-amqp below it, workers in processes of their own.
@Conformance
class CeleryTest {
    @Test
    void anApplicationWorks(AmqpAddress broker) {
        var python = Script.python("celery");
        Program.requireThat(
                python.isPresent(), "apt-get install python3-celery, or ./sluice test as root");

        // Without -B the modules' compiled forms would lie between the sources.
        var interpreter = List.of(python.orElseThrow(), "-B");
        assertThat(Script.run(broker, interpreter, "celery/application.py")).endsWith("ok\n");
    }
}
