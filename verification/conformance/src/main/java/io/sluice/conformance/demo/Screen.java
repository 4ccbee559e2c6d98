package io.sluice.conformance.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Shows people the story: as a picture that is drawn anew where there is a terminal, else as lines.
final class Screen {
    private static final String HOME = "\u001b[H\u001b[2J";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int WIDTH = 72;
    private static final int TOLD_SHOWN = 9;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final PrintStream out;
    private final boolean drawn;

    /// @param drawn whether there is a terminal to draw on
    Screen(PrintStream out, boolean drawn) {
        this.out = out;
        this.drawn = drawn;
    }

    void tell(Story.Told told) {
        if (!drawn) {
            out.println(line(told));
        }
    }

    void show(List<Sample> samples, List<Story.Told> told, int workers) {
        if (!drawn) {
            return;
        }
        var now = samples.getLast();
        var picture = new StringBuilder(HOME);
        picture.append(BOLD).append("  Sluice: the flash sale").append(PLAIN);
        picture.append(DIM).append("   ").append(time(now.atMillis())).append(PLAIN).append("\n\n");
        row(picture, "sold", samples, Sample::perMinute, "%,d a minute");
        row(picture, "waiting", samples, Sample::depth, "%,d payments");
        row(picture, "dead", samples, Sample::deadLetters, "%,d letters");
        picture.append('\n');
        picture.append(
                String.format(
                        Locale.ROOT,
                        "  confirmed %,8d    charged %,8d    workers %d    gateway %s    breaker %s%n%n",
                        now.sent(),
                        now.charged(),
                        workers,
                        mood(now.gateway()),
                        breaker(now)));
        for (var one : told.subList(Math.max(0, told.size() - TOLD_SHOWN), told.size())) {
            picture.append("  ").append(line(one)).append('\n');
        }
        out.print(picture);
        out.flush();
    }

    private interface Figure {
        long of(Sample sample);
    }

    private static void row(
            StringBuilder picture,
            String name,
            List<Sample> samples,
            Figure figure,
            String format) {
        var shown = samples.subList(Math.max(0, samples.size() - WIDTH), samples.size());
        long most = Math.max(1, samples.stream().mapToLong(figure::of).max().orElse(1));
        picture.append(String.format(Locale.ROOT, "  %-8s", name));
        picture.append(" ".repeat(WIDTH - shown.size()));
        for (var sample : shown) {
            picture.append(color(sample));
            picture.append(BARS.charAt((int) (figure.of(sample) * (BARS.length() - 1) / most)));
        }
        picture.append(PLAIN).append("  ");
        picture.append(String.format(Locale.ROOT, format, figure.of(samples.getLast())));
        picture.append('\n');
    }

    private static String color(Sample sample) {
        if (sample.isBrokerAway()) {
            return RED;
        }
        return sample.isBreakerOpen() ? YELLOW : GREEN;
    }

    private static String mood(Gateway.Mood mood) {
        return switch (mood) {
            case WELL -> GREEN + "well" + PLAIN;
            case SLOW -> YELLOW + "slow" + PLAIN;
            case DOWN -> RED + "down" + PLAIN;
        };
    }

    private static String breaker(Sample sample) {
        return color(sample) + (sample.isBrokerAway() ? "?" : sample.breaker()) + PLAIN;
    }

    private static String line(Story.Told told) {
        return time(told.atMillis()) + "  " + told.what();
    }

    private static String time(long atMillis) {
        return String.format(Locale.ROOT, "%5.1f s", (double) atMillis / MILLIS_PER_SECOND);
    }
}
