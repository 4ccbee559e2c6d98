package io.sluice.conformance.support;

import io.sluice.conformance.process.Sluice;
import io.sluice.conformance.process.Software;
import org.opentest4j.TestAbortedException;

/// Where Sluice differs from Apache Kafka, RabbitMQ or ElasticMQ on purpose.
public final class Promises {
    private Promises() {}

    /// Skips the rest of the test in a run against another broker.
    ///
    /// @param because what that one does instead
    public static void ofSluiceOnly(String because) {
        if (System.getProperty("sluice.amqp.reference") != null
                || System.getProperty("sluice.sqs.reference") != null
                || !(Software.underTest() instanceof Sluice)) {
            throw new TestAbortedException(because);
        }
    }
}
