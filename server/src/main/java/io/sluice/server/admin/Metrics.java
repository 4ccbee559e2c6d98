package io.sluice.server.admin;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// What the server tells about itself, read when somebody asks and at no other time.
///
/// The parts count for themselves; here their counts get a name. So nothing on a hot path knows of
/// metrics. Every name starts with `sluice_` and says its unit; that of a counter ends in `_total`.
public final class Metrics {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /// A value that goes up and down.
    ///
    /// @param value called on the thread of whoever asks for the metrics
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(checked(name))
                .help(help)
                .callback(to -> to.call(value.getAsDouble()))
                .register(registry);
    }

    /// A value that only grows.
    ///
    /// @param value called on the thread of whoever asks for the metrics
    public void counter(String name, String help, DoubleSupplier value) {
        assert name.endsWith("_total") : "a counter's name ends in _total: " + name;
        CounterWithCallback.builder()
                .name(checked(name))
                .help(help)
                .callback(to -> to.call(value.getAsDouble()))
                .register(registry);
    }

    /// Values that only grow, one per value of a label.
    ///
    /// @param values called on the thread of whoever asks for the metrics
    public void counters(
            String name, String help, String label, Supplier<Map<String, Double>> values) {
        assert name.endsWith("_total") : "a counter's name ends in _total: " + name;
        CounterWithCallback.builder()
                .name(checked(name))
                .help(help)
                .labelNames(label)
                .callback(to -> values.get().forEach((key, value) -> to.call(value, key)))
                .register(registry);
    }

    /// Values that go up and down, one per value of a label.
    ///
    /// @param values called on the thread of whoever asks for the metrics
    public void gauges(
            String name, String help, String label, Supplier<Map<String, Double>> values) {
        GaugeWithCallback.builder()
                .name(checked(name))
                .help(help)
                .labelNames(label)
                .callback(to -> values.get().forEach((key, value) -> to.call(value, key)))
                .register(registry);
    }

    /// Values that go up and down, for several labels.
    ///
    /// @param values called on the thread of whoever asks for the metrics
    public void gauges(String name, String help, List<String> labels, Values values) {
        GaugeWithCallback.builder()
                .name(checked(name))
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(to -> values.tell(to::call))
                .register(registry);
    }

    /// Values that only grow, for several labels.
    ///
    /// @param values called on the thread of whoever asks for the metrics
    public void counters(String name, String help, List<String> labels, Values values) {
        assert name.endsWith("_total") : "a counter's name ends in _total: " + name;
        CounterWithCallback.builder()
                .name(checked(name))
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(to -> values.tell(to::call))
                .register(registry);
    }

    /// The values of one metric.
    @FunctionalInterface
    public interface Values {
        void tell(Sink to);
    }

    /// Takes values, each with one text for each label.
    @FunctionalInterface
    public interface Sink {
        void value(double value, String... labels);
    }

    /// A fact that stands in a label; the value is 1.
    public void fact(String name, String help, String label, String value) {
        GaugeWithCallback.builder()
                .name(checked(name))
                .help(help)
                .labelNames(label)
                .callback(to -> to.call(1, value))
                .register(registry);
    }

    /// All metrics in Prometheus' text format.
    String text() {
        try {
            var bytes = new ByteArrayOutputStream();
            writer.write(bytes, registry.scrape());
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String checked(String name) {
        assert name.startsWith("sluice_") : "a metric's name starts with sluice_: " + name;
        return name;
    }
}
