package io.sluice.conformance.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A registry's client that was made for Confluent's, with kafkajs beside it.
@Conformance
class SerializerTest {
    private static final Path SCRIPTS = Path.of("npm").toAbsolutePath();

    @Test
    void itRegistersEncodesAndDecodesEveryKindAndTheDoorUnderstandsIt(
            Clients kafka, ManagementAddress address) {
        Program.require("node", "apt-get install nodejs");
        Program.requireThat(
                Files.isDirectory(
                        SCRIPTS.resolve("node_modules/@kafkajs/confluent-schema-registry")),
                "it is not installed: npm ci in verification/conformance/npm, or ./sluice test");
        var prefix = kafka.name("js");
        for (var kind : List.of("avro", "json", "protobuf")) {
            kafka.create(prefix + "-" + kind, 1, "sluice.schema.type", kind);
        }

        var output =
                Program.run(
                        List.of(
                                "node",
                                SCRIPTS.resolve("schemas.js").toString(),
                                kafka.bootstrap(),
                                new Registry(address).url(),
                                prefix),
                        "");

        assertThat(output.lines())
                .containsExactly(
                        "avro taken, and refused with INVALID_RECORD",
                        "json taken, and refused with INVALID_RECORD",
                        "protobuf taken, and refused with INVALID_RECORD");
    }
}
