package io.sluice.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Conformance
class SchemaCommandsTest {
    private static final String RECORD =
            "{\"type\":\"record\",\"name\":\"Payment\",\"fields\":[{\"name\":\"amount\",\"type\":\"%s\"}]}";

    @TempDir Path directory;

    @Test
    void aSchemaIsRegisteredSeenComparedAndDeleted(ManagementAddress broker) throws Exception {
        var shell = new Shell(broker);
        var subject = broker.name("payments") + "-value";
        var file = Files.writeString(directory.resolve("payment.avsc"), RECORD.formatted("long"));
        var other = Files.writeString(directory.resolve("other.avsc"), RECORD.formatted("string"));

        assertThat(shell.run("schema", "register", subject, file.toString()))
                .containsPattern("(?m)^id +[0-9,]+$");
        assertThat(shell.run("schema", "list")).containsPattern(subject + " +AVRO +1 +[0-9,]+");
        assertThat(shell.run("schema", "show", subject)).contains("\"amount\"");
        assertThat(shell.run("schema", "check", subject, file.toString())).isEqualTo("It may.\n");
        var wrong = shell.type("", "schema", "check", subject, other.toString());
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("sluice: the schema is not compatible");

        shell.run("schema", "delete", subject);
        assertThat(shell.run("schema", "list")).doesNotContain(subject);
        var gone = shell.type("", "schema", "show", subject);
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).containsIgnoringCase("subject").hasLineCount(1);
    }
}
