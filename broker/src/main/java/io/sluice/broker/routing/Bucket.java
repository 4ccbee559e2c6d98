package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.Queue;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bindings that let the same messages pass. Immutable.
final class Bucket {
    static final Bucket EMPTY = new Bucket(PersistentMap.empty());

    private final PersistentMap<Binding, Target> targets;

    /// Made when first asked for, as most buckets change more often than they are; whichever thread's one is kept, they are equal, and all that
    /// it consists of is final.
    private @Nullable Destinations destinations;

    private Bucket(PersistentMap<Binding, Target> targets) {
        this.targets = targets;
    }

    /// Where the bindings lead, each place once.
    ///
    /// @param exchanges their names
    record Destinations(List<Queue> queues, List<String> exchanges) {
        static Destinations of(Iterable<Target> targets) {
            var queues = new Once<Queue>();
            var exchanges = new LinkedHashSet<String>();
            for (var target : targets) {
                var queue = target.queue();
                if (queue == null) {
                    exchanges.add(target.binding().destination());
                } else {
                    queues.add(queue);
                }
            }
            return new Destinations(List.copyOf(queues.items()), List.copyOf(exchanges));
        }
    }

    Bucket with(Target target) {
        return new Bucket(targets.with(target.binding(), target));
    }

    Bucket without(Binding binding) {
        return new Bucket(targets.without(binding));
    }

    boolean isEmpty() {
        return targets.isEmpty();
    }

    Destinations destinations() {
        var present = destinations;
        if (present == null) {
            present = Destinations.of(targets.values());
            destinations = present;
        }
        return present;
    }
}
