package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The figures of one scenario by peer, and their table: medians, and the ratio to the first peer.
final class Results {
    private static final List<Double> MISSING = List.of(Double.NaN);

    private final String scenario;
    private final Map<String, Map<String, List<Double>>> byMeasure = new LinkedHashMap<>();
    private final List<String> peers = new ArrayList<>();

    Results(String scenario) {
        this.scenario = scenario;
    }

    void add(String peer, List<Measure> measures) {
        if (!peers.contains(peer)) {
            peers.add(peer);
        }
        for (var measure : measures) {
            byMeasure
                    .computeIfAbsent(measure.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(peer, _ -> new ArrayList<>())
                    .add(measure.value());
        }
    }

    /// A Markdown table.
    String table() {
        var text = new StringBuilder("\n### " + scenario + "\n\n| |");
        peers.forEach(peer -> text.append(' ').append(peer).append(" |"));
        text.append("\n|---|").append("---|".repeat(peers.size())).append('\n');
        byMeasure.forEach(
                (measure, values) -> {
                    text.append("| ").append(measure).append(" |");
                    var base = median(values.getOrDefault(peers.getFirst(), MISSING));
                    for (var peer : peers) {
                        var value = median(values.getOrDefault(peer, MISSING));
                        text.append(String.format(Locale.ROOT, " %.3g", value));
                        if (!peer.equals(peers.getFirst())) {
                            text.append(String.format(Locale.ROOT, " (%.2f x)", value / base));
                        }
                        text.append(" |");
                    }
                    text.append('\n');
                });
        return text.toString();
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
