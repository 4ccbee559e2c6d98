package io.sluice.broker.routing;

import java.util.Map;
import java.util.TreeMap;

/// From an exchange to a queue or another exchange of the same namespace. Two with equal fields are one.
///
/// @param destinationIsQueue else an exchange
/// @param arguments values as JSON text, as in [io.sluice.broker.queue.Queue#arguments]
public record Binding(
        String namespace,
        String source,
        String destination,
        boolean destinationIsQueue,
        String routingKey,
        Map<String, String> arguments)
        implements Comparable<Binding> {
    public Binding {
        arguments = Map.copyOf(arguments);
    }

    /// By their fields, in the order of their declaration.
    @Override
    public int compareTo(Binding other) {
        int order = namespace.compareTo(other.namespace);
        if (order == 0) {
            order = source.compareTo(other.source);
        }
        if (order == 0) {
            order = destination.compareTo(other.destination);
        }
        if (order == 0) {
            order = Boolean.compare(destinationIsQueue, other.destinationIsQueue);
        }
        if (order == 0) {
            order = routingKey.compareTo(other.routingKey);
        }
        return order == 0 ? compare(arguments, other.arguments) : order;
    }

    private static int compare(Map<String, String> one, Map<String, String> other) {
        if (one.equals(other)) {
            return 0;
        }
        var ours = new TreeMap<>(one).entrySet().iterator();
        var theirs = new TreeMap<>(other).entrySet().iterator();
        while (ours.hasNext() && theirs.hasNext()) {
            var our = ours.next();
            var their = theirs.next();
            int order = our.getKey().compareTo(their.getKey());
            order = order == 0 ? our.getValue().compareTo(their.getValue()) : order;
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(ours.hasNext(), theirs.hasNext());
    }
}
