package io.sluice.conformance.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// kafkajs, which speaks the protocol as it was years ago: classic groups and old versions of nearly every request.
@Conformance
class KafkaJsTest {
    private static final Path SCRIPTS = Path.of("npm").toAbsolutePath();

    @BeforeAll
    static void kafkajsIsInstalled() {
        Program.require("node", "apt-get install nodejs");
        Program.requireThat(
                Files.isDirectory(SCRIPTS.resolve("node_modules/kafkajs")),
                "kafkajs is not installed: npm ci in verification/conformance/npm, or ./sluice test");
    }

    @Test
    void topicsAreAdministered(Clients clients) {
        assertThat(script("admin.js", clients, clients.name("js-admin"))).contains("ok");
    }

    @Test
    void recordsAreProducedAndConsumedInAGroup(Clients clients) {
        var topic = clients.topic("js-group", 3);

        assertThat(script("group.js", clients, topic)).contains("received 300 of 300");
        assertThat(Reading.all(clients, topic)).hasSize(300);
    }

    @Test
    void itsIdempotentProducerWrites(Clients clients) {
        var topic = clients.topic("js-idempotent", 1);

        assertThat(script("idempotent.js", clients, topic)).contains("ok");
        assertThat(Reading.values(clients, topic)).hasSize(100).doesNotHaveDuplicates();
    }

    private static String script(String name, Clients clients, String argument) {
        return Program.run(
                List.of("node", SCRIPTS.resolve(name).toString(), clients.bootstrap(), argument),
                "");
    }
}
