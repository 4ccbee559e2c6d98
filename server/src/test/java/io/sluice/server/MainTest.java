package io.sluice.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.command.ClientCommands;
import io.sluice.server.command.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is said and with which exit code, as far as no broker is needed for it.
final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutABrokerACommandFailsWithOneClearSentence() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        var url = "http://127.0.0.1:" + nobody;

        assertThat(run("queue", "list", "--url", url)).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "sluice: no broker answers at "
                                + url
                                + " (sluice serve starts one; --url or SLUICE_URL says where another is)\n");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsExitCode2() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("queue")).isEqualTo(2);
        assertThat(run("queue", "list", "--nonsense")).isEqualTo(2);
        assertThat(run("queue", "show")).isEqualTo(2);
        assertThat(run("policy", "set", "q")).isEqualTo(2);
        assertThat(run("policy", "set", "retry.initial.ms=5")).isEqualTo(2);
        assertThat(run("queue", "create", "q", "--policy", "nonsense")).isEqualTo(2);
        assertThat(run("dlq", "list", "q", "--since", "yesterday")).isEqualTo(2);
        assertThat(run("dlq", "redrive", "q", "--pause", "1", "--cancel", "1")).isEqualTo(2);
        assertThat(run("publish", "q", "x", "--count", "many")).isEqualTo(2);
    }

    @Test
    void bothLivesAreWarmedUpAndNoOther() {
        assertThat(run("warm-up", "broker")).isZero();
        assertThat(run("warm-up", "commands")).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(run("warm-up", "nonsense")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("\"nonsense\" is neither broker nor commands")
                .doesNotContain("Exception");
    }

    @Test
    void anAddressThatIsNoneFailsWithASentence() {
        assertThat(run("queue", "list", "--url", "localhost:15672")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("is no http or https address");
    }

    @Test
    void theCompletionKnowsEveryCommand() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("serve", "--per-second")
                .contains(ClientCommands.names());
    }

    private int run(String... arguments) {
        var terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        InputStream.nullInputStream(),
                        Map.of(),
                        0);
        return Main.run(terminal, arguments);
    }
}
