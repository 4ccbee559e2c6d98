package io.sluice.conformance.torture;

import io.sluice.conformance.process.Sluice;
import io.sluice.conformance.process.Software;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

class TortureTest {
    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    void threeRoundsBreakNoPromise(Dialect dialect) throws Exception {
        var seed = ThreadLocalRandom.current().nextLong(1_000_000);
        var name = "torture-" + dialect + "-" + ProcessHandle.current().pid() + "-" + seed;
        var directory = Path.of("target", "brokers", name).toAbsolutePath();

        try {
            Torture.run(Software.underTest(), Set.of(dialect), directory, seed, 3, System.err);
        } catch (UnsupportedOperationException notServed) {
            if (Software.underTest() instanceof Sluice) {
                throw notServed;
            }
            throw new TestAbortedException(dialect + " is not served", notServed);
        }
    }
}
