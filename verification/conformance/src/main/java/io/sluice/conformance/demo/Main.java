package io.sluice.conformance.demo;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Sluice;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The command line of the flash sale: `--ci` tells it in lines and in a third of the time; `--directory D` keeps its files there.
public final class Main {
    private static final String USAGE = "demo [--ci] [--directory D]";
    private static final Set<String> FLAGS = Set.of("--ci");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        var options = options(arguments);
        boolean ci = options.containsKey("--ci");
        var directory =
                Path.of(
                                options.getOrDefault(
                                        "--directory",
                                        ".sluice/demo-" + ProcessHandle.current().pid()))
                        .toAbsolutePath();
        if (Files.exists(directory)) {
            System.err.println(
                    "demo: " + directory + " is there already; name another --directory");
            System.exit(2);
        }
        System.exit(tell(ci, directory) ? 0 : 1);
    }

    private static boolean tell(boolean ci, Path directory) throws Exception {
        var screen = new Screen(System.out, !ci && isTerminal());
        Report report;
        try (var broker = BrokerProcess.started(Sluice.found(), directory)) {
            report = Report.of(ci ? Plan.brief() : Plan.full(), broker, screen);
        }
        var page = directory.resolve("report.html");
        Files.writeString(page, report.page());
        Files.writeString(directory.resolve("report.txt"), report.text());
        System.out.println(report.text());
        System.out.println("  plots: " + page);
        return report.allHolds();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i++) {
            if (FLAGS.contains(arguments[i])) {
                options.put(arguments[i], "");
            } else if (arguments[i].equals("--directory") && i + 1 < arguments.length) {
                options.put(arguments[i], arguments[++i]);
            } else {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
        return options;
    }
}
