package io.sluice.server.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/// Where a command was typed.
///
/// @param columns of the screen that `out` goes to; 0: it goes to a file or another program
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        int columns) {
    /// The launcher's word for how wide the screen is, as a JVM cannot tell.
    private static final String COLUMNS = "sluice.columns";

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /// That of this process.
    public static Terminal ofProcess() {
        return new Terminal(
                System.out, System.err, System.in, System.getenv(), Integer.getInteger(COLUMNS, 0));
    }

    boolean isScreen() {
        return columns > 0;
    }

    /// Follows <https://no-color.org>.
    boolean hasColours() {
        return isScreen()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    String in(Colour colour, String text) {
        return hasColours() ? colour.start() + text + Colour.END : text;
    }
}
