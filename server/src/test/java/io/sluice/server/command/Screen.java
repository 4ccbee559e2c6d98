package io.sluice.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/// A terminal whose output can be looked at.
final class Screen {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    private Screen(int columns, Map<String, String> environment, String input) {
        this.terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        environment,
                        columns);
    }

    /// Without colours, so that lines can be compared.
    static Screen ofWidth(int columns) {
        return new Screen(columns, Map.of("NO_COLOR", "1"), "");
    }

    static Screen withColours() {
        return new Screen(80, Map.of("TERM", "xterm"), "");
    }

    /// What a command writes to that is read by another program.
    static Screen ofPipe() {
        return new Screen(0, Map.of("TERM", "xterm"), "");
    }

    Terminal terminal() {
        return terminal;
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
