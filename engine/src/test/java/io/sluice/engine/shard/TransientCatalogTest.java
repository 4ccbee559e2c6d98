package io.sluice.engine.shard;

import static io.sluice.engine.shard.Bench.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Queues, exchanges and bindings that a restart forgets.
final class TransientCatalogTest {
    private final Bench bench = new Bench();
    private int ids;

    @Test
    void aTransientQueueIsServedWithoutWaitingForTheDisk() throws Exception {
        long before = bench.store.open("catalog").end();
        var reply = bench.change(new CatalogChange.DeclareQueue(queue("q", false)));
        bench.turn();
        assertThat(reply.isThere()).isTrue();
        assertThat(bench.store.open("catalog").end()).isEqualTo(before);
        var queue = reply.value().queue("/", "q").orElseThrow();
        bench.appendDurably(queue.part(0).partition(), batch("a"));
        assertThat(bench.read(queue.part(0).partition(), 0)).containsExactly(0L);
    }

    @Test
    void aRestartForgetsWhatIsTransientAndNothingElse() {
        declare("kept", true);
        declare("lost", false);
        exchange("kept x", true);
        exchange("lost x", false);
        bind("kept x", "kept");
        bind("kept x", "lost");
        bind("lost x", "kept");
        assertThat(bench.broker.catalog().bindings("/")).hasSize(3);
        bench.crash();
        var catalog = bench.broker.catalog();
        assertThat(catalog.queues().stream().map(Queue::name)).containsExactly("kept");
        assertThat(catalog.exchange("/", "kept x")).isPresent();
        assertThat(catalog.exchange("/", "lost x")).isEmpty();
        assertThat(catalog.bindings("/")).containsExactly(binding("kept x", "kept"));
        assertThat(catalog.topic("lost")).isEmpty();
        assertThat(bench.store.names().stream().filter(name -> name.startsWith("p.")))
                .as("the lost queue's log is deleted")
                .hasSize(1);
    }

    @Test
    void aTransientChangeWaitsForTheDurableOnesBeforeIt() {
        var exchange = bench.change(new CatalogChange.DeclareExchange(fanout("x", true)));
        var queue = bench.change(new CatalogChange.DeclareQueue(queue("q", false)));
        var bound = bench.change(new CatalogChange.Bind(binding("x", "q")));
        var later = bench.change(new CatalogChange.DeclareQueue(queue("r", true)));
        bench.turn();
        assertThat(exchange.isThere()).isFalse();
        assertThat(queue.isThere()).isFalse();
        assertThat(bound.isThere()).isFalse();
        bench.store.settleOne();
        bench.turn();
        assertThat(exchange.isThere()).isTrue();
        assertThat(bound.value().bindings("/")).containsExactly(binding("x", "q"));
        assertThat(later.isThere()).isFalse();
        bench.quiet();
        assertThat(later.value().queue("/", "r")).isPresent();
    }

    @Test
    void whatIsThereAlreadyIsAnsweredBehindWhatMadeIt() {
        var first = bench.change(new CatalogChange.Bind(durableBinding()));
        var again = bench.change(new CatalogChange.Bind(durableBinding()));
        bench.turn();
        assertThat(again.isThere()).isFalse();
        bench.quiet();
        assertThat(first.value().version()).isEqualTo(again.value().version());
    }

    @Test
    void onAFullDiskTransientChangesBehindARefusedOneAreRefusedAndLaterOnesServed() {
        bench.store.full(true);
        var exchange = bench.change(new CatalogChange.DeclareExchange(fanout("x", true)));
        var behind = bench.change(new CatalogChange.DeclareQueue(queue("q", false)));
        var bound = bench.change(new CatalogChange.Bind(binding("x", "q")));
        bench.quiet();
        assertThat(exchange.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(behind.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(bound.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(bench.broker.catalog().queues()).isEmpty();
        var served = bench.change(new CatalogChange.DeclareQueue(queue("r", false)));
        var refused = bench.change(new CatalogChange.DeclareQueue(queue("s", true)));
        bench.quiet();
        assertThat(served.value().queue("/", "r")).isPresent();
        assertThat(refused.error()).isInstanceOf(BrokerError.StorageFull.class);
        bench.store.full(false);
        bench.pass(2_000);
        declare("s", true);
        assertThat(bench.broker.catalog().queue("/", "r")).isPresent();
        assertThat(bench.failures).isEmpty();
        bench.crash();
        assertThat(bench.broker.catalog().queues().stream().map(Queue::name)).containsExactly("s");
    }

    @Test
    void aTopicWhoseLastQueueWasForgottenGoesAtTheStart() {
        var owner = declare("orders", true);
        var spy =
                new Queue(
                        new UUID(1, ++ids),
                        "/",
                        "spy",
                        owner.topic(),
                        false,
                        false,
                        false,
                        false,
                        Map.of(),
                        0);
        done(new CatalogChange.DeclareQueue(spy));
        done(new CatalogChange.DeleteQueue(owner.id()));
        assertThat(bench.broker.catalog().topic("orders")).isPresent();
        bench.crash();
        bench.quiet();
        assertThat(bench.broker.catalog().topics()).isEmpty();
        assertThat(bench.store.names()).noneMatch(name -> name.startsWith("p."));
        bench.crash();
        assertThat(bench.broker.catalog().topics()).isEmpty();
    }

    /// The exchange's end is durable although its last binding was not.
    @Test
    void aDurableExchangeThatWentWithItsLastTransientBindingStaysAway() {
        declare("q", false);
        done(
                new CatalogChange.DeclareExchange(
                        new Exchange("/", "x", ExchangeType.FANOUT, true, true, false, Map.of())));
        bind("x", "q");
        done(
                new CatalogChange.DeleteQueue(
                        bench.broker.catalog().queue("/", "q").orElseThrow().id()));
        assertThat(bench.broker.catalog().exchange("/", "x")).isEmpty();
        bench.crash();
        assertThat(bench.broker.catalog().exchange("/", "x")).isEmpty();
    }

    @Test
    void theWholeStateIsWrittenWithoutWhatIsTransient() throws Exception {
        declare("kept", true);
        declare("lost", false);
        bind("amq.fanout", "lost");
        bind("amq.fanout", "kept");
        for (int i = 0; i < 30_000; i++) {
            bench.change(new CatalogChange.Configure("group", "g", Map.of("k", "v" + i)));
            if (i % 1_000 == 0) {
                bench.quiet();
            }
        }
        bench.quiet();
        assertThat(bench.store.open("catalog").start()).as("it was written whole").isPositive();
        bench.crash();
        assertThat(bench.broker.catalog().queues().stream().map(Queue::name))
                .containsExactly("kept");
        assertThat(bench.broker.catalog().bindings("/"))
                .containsExactly(binding("amq.fanout", "kept"));
    }

    private Queue declare(String name, boolean durable) {
        return done(new CatalogChange.DeclareQueue(queue(name, durable)))
                .queue("/", name)
                .orElseThrow();
    }

    private void exchange(String name, boolean durable) {
        done(new CatalogChange.DeclareExchange(fanout(name, durable)));
    }

    private void bind(String exchange, String queue) {
        done(new CatalogChange.Bind(binding(exchange, queue)));
    }

    private Catalog done(CatalogChange change) {
        var reply = bench.change(change);
        bench.quiet();
        return reply.value();
    }

    private Queue queue(String name, boolean durable) {
        int id = ++ids;
        return new Queue(
                new UUID(1, id),
                "/",
                name,
                new UUID(2, id),
                true,
                durable,
                false,
                false,
                Map.of(),
                0);
    }

    private static Exchange fanout(String name, boolean durable) {
        return new Exchange("/", name, ExchangeType.FANOUT, durable, false, false, Map.of());
    }

    private static Binding binding(String exchange, String queue) {
        return new Binding("/", exchange, queue, true, "", Map.of());
    }

    private static Binding durableBinding() {
        return new Binding("/", "amq.fanout", "amq.direct", false, "", Map.of());
    }
}
