package io.sluice.admin.sluice;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Parts;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.broker.queue.Queue;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A queue's breaker. Each part has its own; the one that holds back most speaks for all.
final class Breakers {
    private final ManagementServices services;

    Breakers(ManagementServices services) {
        this.services = services;
    }

    /// None when the queue has no parts any more.
    CompletableFuture<Optional<BreakerView>> ask(Queue queue, Wish wish) {
        return services.asks()
                .each(
                        Parts.of(services.broker().catalog(), queue),
                        part ->
                                services.asks()
                                        .<BreakerView>ask(
                                                reply ->
                                                        services.broker()
                                                                .queues()
                                                                .breaker(part, wish, reply)))
                .thenApply(views -> views.stream().reduce(Breakers::sum));
    }

    static BreakerView sum(BreakerView one, BreakerView other) {
        var worse = rank(other) > rank(one) ? other : one;
        return new BreakerView(
                worse.state(),
                worse.reason(),
                worse.sinceMillis(),
                worse.untilMillis(),
                one.calls() + other.calls(),
                one.failed() + other.failed(),
                one.slow() + other.slow(),
                one.openings() + other.openings());
    }

    private static int rank(BreakerView view) {
        return switch (view.state()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
            case FORCED_OPEN -> 3;
        };
    }

    static JsonObject json(BreakerView view) {
        return JsonObject.object()
                .put("state", view.state().name().toLowerCase(Locale.ROOT))
                .put("reason", view.reason())
                .put("since", Moments.of(view.sinceMillis()))
                .put("until", Moments.of(view.untilMillis()))
                .put("calls", view.calls())
                .put("failed", view.failed())
                .put("slow", view.slow())
                .put("openings", view.openings());
    }
}
