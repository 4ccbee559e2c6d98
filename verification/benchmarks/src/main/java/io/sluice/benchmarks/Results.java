package io.sluice.benchmarks;

import io.sluice.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The figures of one scenario by peer, and their table: medians, and the ratios to the peers that Sluice is compared with, which are
/// those listed before it.
final class Results {
    private static final List<Double> MISSING = List.of(Double.NaN);

    private final String scenario;
    private final Map<String, Map<String, List<Double>>> byMeasure = new LinkedHashMap<>();
    private final List<String> peers = new ArrayList<>();
    private final List<String> references = new ArrayList<>();

    Results(String scenario) {
        this.scenario = scenario;
    }

    void add(Peer peer, List<Measure> measures) {
        var name = peer.name();
        if (!peers.contains(name)) {
            if (peers.isEmpty() || (!peer.measured() && references.equals(peers))) {
                references.add(name);
            }
            peers.add(name);
        }
        for (var measure : measures) {
            byMeasure
                    .computeIfAbsent(measure.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(name, _ -> new ArrayList<>())
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
                    for (var peer : peers) {
                        text.append(cell(values, peer));
                    }
                    text.append('\n');
                });
        return text.toString();
    }

    /// The peer's median and, in brackets, how it relates to each reference listed before the peer.
    private String cell(Map<String, List<Double>> values, String peer) {
        var value = median(values.getOrDefault(peer, MISSING));
        var ratios =
                references.stream()
                        .takeWhile(reference -> !reference.equals(peer))
                        .map(reference -> values.getOrDefault(reference, MISSING))
                        .map(base -> String.format(Locale.ROOT, "%.2f x", value / median(base)))
                        .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, " %.3g", value)
                + (ratios.isEmpty() ? "" : " (" + ratios + ")")
                + " |";
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
