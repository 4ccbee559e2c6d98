package io.sluice.conformance.sqs.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Amazon's client for Node, and sqs-consumer on top of it.
@Conformance
class JavaScriptTest {
    private static final Path MODULES = Path.of("npm").toAbsolutePath();

    @Test
    void theyDoWhatTheyDoWithTheService(SqsAddress service) {
        Promises.ofSluiceOnly("ElasticMQ gives the shape in place of the code");
        Program.require("node", "apt-get install nodejs");
        Program.requireThat(
                Files.isDirectory(MODULES.resolve("node_modules/@aws-sdk/client-sqs")),
                "@aws-sdk/client-sqs is not installed: npm ci in verification/conformance/npm, or ./sluice test");

        assertThat(Script.run(service, "node", MODULES.resolve("sqs/scenarios.mjs")))
                .endsWith("ok\n");
    }
}
