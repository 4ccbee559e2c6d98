package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrives;
import io.sluice.broker.routing.Router;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has a queue's dead letters moved back when its breaker has closed by itself, where its policy says so. Where its dead letters are moved already, that goes on.
/// Owned by its shard's loop.
final class AutomaticRedrive {
    private static final Logger log = LoggerFactory.getLogger(AutomaticRedrive.class);

    private AutomaticRedrive() {}

    static void begin(Shard shard, HostedQueue queue) {
        if (queue.settings().policy().redrive().automatic()) {
            for (var dead : deadLetterQueues(shard.broker().catalog(), queue)) {
                begin(shard, queue, dead);
            }
        }
    }

    private static void begin(Shard shard, HostedQueue queue, Queue dead) {
        if (Redrives.running(dead).isPresent()) {
            return;
        }
        var policy = queue.settings().policy().redrive();
        var name = queue.part() + " " + dead.id() + " " + shard.nowMillis();
        var task =
                new Redrive(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                        Optional.of(queue.definition().name()),
                        policy.automaticPerSecond(),
                        shard.nowMillis(),
                        0,
                        policy.automaticMax(),
                        false,
                        false,
                        LetterFilter.ofSource(queue.definition().name()));
        shard.broker()
                .change(
                        Redrives.start(dead, task),
                        new Reply<>() {
                            @Override
                            public void done(Catalog value) {
                                log.info(
                                        "dead letters of queue {} come back from {}, as its breaker has closed",
                                        queue.definition().name(),
                                        dead.name());
                            }

                            // Somebody else was faster, or the queue has gone.
                            @Override
                            public void refused(BrokerError error) {
                                log.info(
                                        "dead letters of queue {} stay in {}: {}",
                                        queue.definition().name(),
                                        dead.name(),
                                        error.message());
                            }
                        });
    }

    /// Where letters of a queue go, as far as that does not depend on the message.
    private static Collection<Queue> deadLetterQueues(Catalog catalog, HostedQueue queue) {
        var settings = queue.settings();
        var namespace = queue.definition().namespace();
        var key = settings.deadLetterRoutingKey().orElse(queue.definition().name());
        return settings.deadLetterExchange()
                .flatMap(exchange -> catalog.exchange(namespace, exchange))
                .map(
                        exchange ->
                                List.copyOf(
                                        Router.route(
                                                catalog, exchange, List.of(key), () -> Map.of())))
                .orElse(List.of());
    }
}
