package io.sluice.conformance.demo;

import io.sluice.conformance.process.BrokerProcess;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The story as a text, and as a page with plots.
///
/// @param verdicts what was claimed and whether it holds
record Report(Story.Ending ending, List<Verdict> verdicts) {
    private static final double MILLIS_PER_SECOND = 1_000;

    /// Runs the plan and checks what is claimed of it.
    static Report of(Plan plan, BrokerProcess broker, Screen screen) throws Exception {
        var ending = new Story(plan, broker, screen).run();
        return new Report(ending, Verdict.of(ending));
    }

    boolean allHolds() {
        return verdicts.stream().allMatch(Verdict::holds);
    }

    String text() {
        var text = new StringBuilder("\nThe flash sale\n\n");
        for (var verdict : verdicts) {
            text.append(verdict.holds() ? "  holds   " : "  BROKEN  ");
            text.append(verdict.what())
                    .append("\n          ")
                    .append(verdict.detail())
                    .append('\n');
        }
        return text.append('\n').append(figures()).toString();
    }

    private String figures() {
        var samples = ending.samples();
        var deepest =
                samples.stream().max((a, b) -> Long.compare(a.depth(), b.depth())).orElseThrow();
        long drained =
                samples.stream()
                        .filter(it -> it.atMillis() > deepest.atMillis())
                        .filter(it -> !it.isBrokerAway() && it.depth() == 0)
                        .mapToLong(Sample::atMillis)
                        .findFirst()
                        .orElse(samples.getLast().atMillis());
        return String.format(
                Locale.ROOT,
                "  at most %,d payments waited; they were gone %.1f s later%n  at most %,d payments a minute were sold%n",
                deepest.depth(),
                (drained - deepest.atMillis()) / MILLIS_PER_SECOND,
                samples.stream().mapToLong(Sample::perMinute).max().orElse(0));
    }

    String page() {
        var plots = new Plots(ending.samples(), ending.told());
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>The flash sale</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733 }
                h1 { font-weight: 600 } svg { width: 100%%; height: auto } table { border-collapse: collapse }
                td { padding: .2rem .8rem .2rem 0; vertical-align: top } .no { color: #b3261e; font-weight: 600 } .yes { color: #1b7f4b }
                pre { background: #f4f6f8; padding: 1rem; overflow-x: auto }
                </style></head><body>
                <h1>The flash sale</h1>
                <table>%s</table>
                <h2>Payments a minute</h2>%s
                <h2>Payments that wait</h2>%s
                <h2>Dead letters</h2>%s
                <p>Shaded: the breaker is open (yellow), the broker is away (red).</p>
                <h2>What happened</h2><table>%s</table>
                <pre>%s</pre>
                </body></html>
                """
                .formatted(
                        verdicts.stream().map(Report::row).collect(Collectors.joining("\n")),
                        plots.of(Sample::perMinute),
                        plots.of(Sample::depth),
                        plots.of(Sample::deadLetters),
                        ending.told().stream().map(Report::row).collect(Collectors.joining("\n")),
                        escaped(figures()));
    }

    private static String row(Verdict verdict) {
        return "<tr><td class=\"%s\">%s</td><td>%s<br><small>%s</small></td></tr>"
                .formatted(
                        verdict.holds() ? "yes" : "no",
                        verdict.holds() ? "holds" : "broken",
                        escaped(verdict.what()),
                        escaped(verdict.detail()));
    }

    private static String row(Story.Told told) {
        return String.format(
                Locale.ROOT,
                "<tr><td>%.1f s</td><td>%s</td></tr>",
                told.atMillis() / MILLIS_PER_SECOND,
                escaped(told.what()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
