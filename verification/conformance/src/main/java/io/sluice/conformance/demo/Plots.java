package io.sluice.conformance.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Lines over time, as SVG.
record Plots(List<Sample> samples, List<Story.Told> told) {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 180;
    private static final int TOP = 14;

    String of(ToLongFunction<Sample> figure) {
        long most = Math.max(1, samples.stream().mapToLong(figure).max().orElse(1));
        var points = new StringBuilder();
        for (var sample : samples) {
            points.append(
                    String.format(
                            Locale.ROOT,
                            "%.1f,%.1f ",
                            x(sample.atMillis()),
                            TOP
                                    + (HEIGHT - TOP)
                                            * (1 - (double) figure.applyAsLong(sample) / most)));
        }
        return """
                <svg viewBox="0 0 %d %d" role="img">%s%s
                <polyline fill="none" stroke="#2158a8" stroke-width="2" points="%s"/>
                <text x="2" y="11" font-size="11" fill="#56636f">%s</text></svg>
                """
                .formatted(
                        WIDTH,
                        HEIGHT + 1,
                        shade(Sample::isBreakerOpen, "#f6c945")
                                + shade(Sample::isBrokerAway, "#d9534f"),
                        marks(),
                        points,
                        String.format(Locale.ROOT, "at most %,d", most));
    }

    private String shade(Predicate<Sample> when, String color) {
        var shades = new StringBuilder();
        for (int i = 0; i + 1 < samples.size(); i++) {
            if (when.test(samples.get(i))) {
                double from = x(samples.get(i).atMillis());
                shades.append(
                        String.format(
                                Locale.ROOT,
                                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" opacity=\".3\"/>",
                                from,
                                TOP,
                                x(samples.get(i + 1).atMillis()) - from + 0.3,
                                HEIGHT - TOP,
                                color));
            }
        }
        return shades.toString();
    }

    private String marks() {
        var marks = new StringBuilder();
        for (var one : told) {
            marks.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#b8c2cc\" stroke-dasharray=\"2 3\"><title>%4$s</title></line>",
                            x(one.atMillis()),
                            TOP,
                            HEIGHT,
                            one.what().replace("<", "&lt;")));
        }
        return marks.toString();
    }

    private double x(long atMillis) {
        long end = Math.max(1, samples.getLast().atMillis());
        return (double) WIDTH * atMillis / end;
    }
}
