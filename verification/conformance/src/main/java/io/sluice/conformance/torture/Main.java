package io.sluice.conformance.torture;

import io.sluice.conformance.process.Software;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The command line of the torture: `--rounds N` (default 50), `--seed N` (default: a new one), `--directory D`, `--dialect D` (default: all).
public final class Main {
    private static final String USAGE =
            "torture [--rounds N] [--seed N] [--directory D] [--dialect kafka|amqp]";
    private static final Set<String> OPTIONS =
            Set.of("--rounds", "--seed", "--directory", "--dialect");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        var options = options(arguments);
        var rounds = Integer.parseInt(options.getOrDefault("--rounds", "50"));
        var seed = Long.parseLong(options.getOrDefault("--seed", Long.toString(System.nanoTime())));
        var directory =
                Path.of(options.getOrDefault("--directory", ".sluice/torture-" + seed))
                        .toAbsolutePath();
        if (Files.exists(directory)) {
            System.err.println(
                    "torture: "
                            + directory
                            + " has the files of another run; remove it, or name another --directory");
            System.exit(2);
        }
        var only = options.get("--dialect");
        var dialects =
                only == null
                        ? EnumSet.allOf(Dialect.class)
                        : EnumSet.of(Dialect.valueOf(only.toUpperCase(Locale.ROOT)));
        try {
            Torture.run(Software.underTest(), dialects, directory, seed, rounds, System.out);
        } catch (AssertionError broken) {
            System.err.println("torture: FAILED, " + broken.getMessage());
            broken.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new HashMap<String, String>();
        for (var i = 0; i < arguments.length; i += 2) {
            var known = OPTIONS.contains(arguments[i]);
            if (!known || i + 1 == arguments.length) {
                System.err.println(USAGE);
                System.exit(2);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
