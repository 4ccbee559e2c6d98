package io.sluice.conformance.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What runs as the broker under test.
///
/// Sluice is what we want to know about; Apache Kafka and RabbitMQ answer whether a test expects what their clients really see.
public sealed interface Software permits Sluice, ApacheKafka, RabbitMq {
    /// Makes `directory` ready for the first start.
    void prepare(Path directory, Ports ports) throws IOException, InterruptedException;

    /// The command that serves `directory` on `ports` until it is told to stop. The process it starts is the broker itself,
    /// not a parent of it: signals go to its pid.
    List<String> command(Path directory, Ports ports);

    /// Whether the broker answers clients.
    boolean isReady(Ports ports) throws Exception;

    /// The software that the system property `sluice.conformance.against` names: `sluice` (default), `kafka` or `rabbitmq`.
    static Software underTest() {
        return switch (System.getProperty("sluice.conformance.against", "sluice")) {
            case "sluice" -> Sluice.found();
            case "kafka" -> new ApacheKafka();
            case "rabbitmq" -> new RabbitMq();
            case String other ->
                    throw new IllegalArgumentException(
                            "sluice.conformance.against is 'sluice', 'kafka' or 'rabbitmq', not '"
                                    + other
                                    + "'");
        };
    }
}
