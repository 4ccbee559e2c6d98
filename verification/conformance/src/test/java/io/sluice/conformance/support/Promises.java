package io.sluice.conformance.support;

import io.sluice.conformance.process.ApacheKafka;
import io.sluice.conformance.process.Software;
import org.opentest4j.TestAbortedException;

/// Where Sluice differs from Apache Kafka on purpose.
public final class Promises {
    private Promises() {}

    /// Skips the rest of the test in a run against Apache Kafka.
    ///
    /// @param because what Kafka does instead
    public static void ofSluiceOnly(String because) {
        if (Software.underTest() instanceof ApacheKafka) {
            throw new TestAbortedException(because);
        }
    }
}
