package io.sluice.conformance.torture;

import io.sluice.conformance.process.Software;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The command line of the torture: `--rounds N` (default 50), `--seed N` (default: a new one), `--directory D`, `--dialect D` (default: all), `--policies` for the
/// clients on a queue with policies alone.
public final class Main {
    private static final String USAGE =
            "torture [--rounds N] [--seed N] [--directory D] [--dialect kafka|amqp|sqs | --policies]";
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
        var words = new ArrayList<>(List.of(arguments));
        if (words.remove("--policies")) {
            options.put("--dialect", "policies");
        }
        for (var i = 0; i < words.size(); i += 2) {
            var known = OPTIONS.contains(words.get(i));
            if (!known || i + 1 == words.size()) {
                System.err.println(USAGE);
                System.exit(2);
            }
            options.put(words.get(i), words.get(i + 1));
        }
        return options;
    }
}
