package io.sluice.broker.message;

import io.sluice.broker.message.Death.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A message's deaths, the latest first, one per queue and reason.
///
/// @param firstQueue,firstReason,firstExchange of its very first death
public record Deaths(
        List<Death> latestFirst, String firstQueue, Reason firstReason, String firstExchange) {
    /// As many as are kept; older ones are forgotten, as they grow the message with every new queue.
    private static final int KEPT_MAX = 100;

    public Deaths {
        latestFirst = List.copyOf(latestFirst);
    }

    /// The first death.
    public static Deaths of(Death first) {
        return new Deaths(List.of(first), first.queue(), first.reason(), first.exchange());
    }

    /// These and one more: an entry for the same queue and reason counts up, keeps its first time and moves to the front.
    public Deaths and(Death latest) {
        var rest = new ArrayList<Death>(latestFirst);
        long count = latest.count();
        long firstMillis = latest.firstMillis();
        Optional<Long> originalTtl = latest.originalTtlMillis();
        var before =
                latestFirst.stream()
                        .filter(
                                death ->
                                        death.queue().equals(latest.queue())
                                                && death.reason() == latest.reason())
                        .findFirst();
        if (before.isPresent()) {
            rest.remove(before.get());
            count += before.get().count();
            firstMillis = before.get().firstMillis();
            originalTtl = originalTtl.or(before.get()::originalTtlMillis);
        }
        rest.addFirst(
                new Death(
                        latest.queue(),
                        latest.reason(),
                        firstMillis,
                        count,
                        latest.exchange(),
                        latest.routingKeys(),
                        originalTtl));
        return new Deaths(
                rest.subList(0, Math.min(KEPT_MAX, rest.size())),
                firstQueue,
                firstReason,
                firstExchange);
    }

    /// True when a message that died here last would, by going to `queue`, go round a circle in which nobody rejected it: nobody has looked at
    /// it, so it would go round for ever.
    public boolean isCycle(String queue) {
        for (var death : latestFirst) {
            if (death.reason() == Reason.REJECTED) {
                return false;
            }
            if (death.queue().equals(queue)) {
                return true;
            }
        }
        return false;
    }
}
