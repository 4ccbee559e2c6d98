package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.routing.Bucket.Destinations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bindings among which a hash of the message chooses one, each as often as its weight (its routing key, a number) says.
///
/// Every binding draws a number from the message's hash and its own, and the highest wins (rendezvous hashing): so a message's place depends on
/// nothing but the bindings that are there, in whatever order they came, and one that comes or goes moves only its own messages. The price is a
/// draw per binding and message.
final class HashTable implements Table {
    private final HashBy by;
    private final PersistentMap<Binding, Share> shares;

    /// The same in a row, made when first asked for; see [Bucket].
    private @Nullable List<Share> row;

    private HashTable(HashBy by, PersistentMap<Binding, Share> shares) {
        this.by = by;
        this.shares = shares;
    }

    private record Share(long hash, double weight, Destinations destination) {
        /// An exponential variate of rate `weight`, negated: the highest one is this share's in `weight` of all cases.
        double draw(long message) {
            double uniform = ((Hash.mixed(message ^ hash) >>> 11) + 0.5) * 0x1.0p-53;
            return Math.log(uniform) / weight;
        }
    }

    static HashTable of(Exchange exchange) {
        return new HashTable(HashBy.of(exchange.arguments()), PersistentMap.empty());
    }

    /// What is wrong with a binding's weight; empty when nothing is.
    static Optional<String> fault(String routingKey) {
        try {
            return Integer.parseInt(routingKey) > 0
                    ? Optional.empty()
                    : Optional.of("The binding key must be greater than 0");
        } catch (NumberFormatException _) {
            return Optional.of(
                    "The binding key must be an integer: " + JsonText.quoted(routingKey));
        }
    }

    @Override
    public HashTable with(Target target) {
        var binding = target.binding();
        var share =
                new Share(
                        Hash.of(
                                binding.destination()
                                        + '\u0000'
                                        + binding.destinationIsQueue()
                                        + '\u0000'
                                        + binding.routingKey()),
                        fault(binding.routingKey()).isEmpty()
                                ? Integer.parseInt(binding.routingKey())
                                : 1,
                        Destinations.of(List.of(target)));
        return new HashTable(by, shares.with(binding, share));
    }

    @Override
    public HashTable without(Binding binding) {
        return new HashTable(by, shares.without(binding));
    }

    @Override
    public void route(String key, Walk walk) {
        long message = Hash.of(by.text(key, walk));
        @Nullable Share chosen = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (var share : row()) {
            double drawn = share.draw(message);
            if (drawn > highest || chosen == null) {
                chosen = share;
                highest = drawn;
            }
        }
        if (chosen != null) {
            walk.found(chosen.destination());
        }
    }

    private List<Share> row() {
        var present = row;
        if (present == null) {
            present = List.copyOf(shares.values());
            row = present;
        }
        return present;
    }
}
