package io.sluice.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.broker.routing.Router;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoutingDecisionsTest {
    private final LiveCatalog catalog = new LiveCatalog();

    @Test
    void thePredeclaredExchangesAreThere() {
        assertThat(catalog.state.exchanges("/").stream().map(Exchange::name))
                .containsExactly(
                        "",
                        "amq.direct",
                        "amq.fanout",
                        "amq.headers",
                        "amq.match",
                        "amq.rabbitmq.trace",
                        "amq.topic");
        assertThat(catalog.state.exchange("/", "amq.rabbitmq.trace").orElseThrow().internal())
                .isTrue();
        assertThat(catalog.refusal(declare("amq.direct", ExchangeType.DIRECT, Map.of())))
                .isEqualTo(new BrokerError.ExchangeExists("amq.direct"));
    }

    @Test
    void bothEndsOfABindingMustBeThere() {
        catalog.queue("q");
        assertThat(catalog.refusal(new CatalogChange.Bind(LiveCatalog.toQueue("none", "q"))))
                .isEqualTo(new BrokerError.UnknownExchange("none"));
        assertThat(catalog.refusal(new CatalogChange.Bind(LiveCatalog.toQueue("amq.topic", "r"))))
                .isEqualTo(new BrokerError.UnknownQueue("r"));
        assertThat(catalog.refusal(bindExchange("amq.topic", "none")))
                .isEqualTo(new BrokerError.UnknownExchange("none"));
        assertThat(catalog.refusal(new CatalogChange.Bind(LiveCatalog.toQueue("", "q"))))
                .isInstanceOf(BrokerError.Invalid.class);
        assertThat(catalog.refusal(bindExchange("amq.topic", "")))
                .isInstanceOf(BrokerError.Invalid.class);
    }

    @Test
    void bindingTwiceIsBindingOnceAndUnbindingWhatIsNotThereIsNothing() {
        catalog.queue("q");
        catalog.bind("amq.topic", "q");
        var again = new CatalogChange.Bind(LiveCatalog.toQueue("amq.topic", "q"));
        assertThat(catalog.change(again)).isEmpty();
        var unbind = new CatalogChange.Unbind(LiveCatalog.toQueue("amq.topic", "q"));
        assertThat(catalog.change(unbind)).hasSize(1);
        assertThat(catalog.change(unbind)).isEmpty();
        assertThat(catalog.change(new CatalogChange.Unbind(LiveCatalog.toQueue("none", "none"))))
                .isEmpty();
    }

    @Test
    void whatIsWrongForTheTypeIsRefused() {
        catalog.queue("q");
        catalog.change(declare("hash", ExchangeType.CONSISTENT_HASH, Map.of()));
        assertThat(catalog.refusal(bind("hash", "heavy", Map.of())))
                .isInstanceOf(BrokerError.Invalid.class);
        catalog.change(bind("hash", "2", Map.of()));
        assertThat(catalog.refusal(bind("amq.headers", "", Map.of("x-match", "\"some\""))))
                .isInstanceOf(BrokerError.Invalid.class);
        catalog.change(bind("amq.headers", "", Map.of("x-match", "\"any\"")));
        assertThat(catalog.refusal(declare("later", ExchangeType.DELAYED, Map.of())))
                .isInstanceOf(BrokerError.Invalid.class);
        catalog.change(
                declare(
                        "later",
                        ExchangeType.DELAYED,
                        Map.of("x-delayed-type", "\"x-consistent-hash\"")));
        assertThat(catalog.refusal(bind("later", "heavy", Map.of())))
                .isInstanceOf(BrokerError.Invalid.class);
    }

    @Test
    void anExchangeInUseIsKeptForWhoAsksForThat() {
        catalog.queue("q");
        catalog.exchange("x", true, false);
        catalog.bind("x", "q");
        catalog.bindExchange("amq.fanout", "x");
        assertThat(catalog.refusal(new CatalogChange.DeleteExchange("/", "x", true)))
                .isInstanceOf(BrokerError.InUse.class);
        catalog.change(new CatalogChange.DeleteExchange("/", "x", false));
        assertThat(catalog.state.exchange("/", "x")).isEmpty();
        assertThat(catalog.state.bindings("/")).isEmpty();
        assertThat(catalog.refusal(new CatalogChange.DeleteExchange("/", "x", false)))
                .isEqualTo(new BrokerError.UnknownExchange("x"));
    }

    @Test
    void anAutoDeleteExchangeGoesWithItsLastBindingAndNotBefore() {
        catalog.queue("q");
        catalog.queue("r");
        catalog.exchange("x", true, true);
        assertThat(catalog.state.exchange("/", "x")).isPresent();
        catalog.bind("x", "q");
        catalog.bind("x", "r");
        catalog.change(new CatalogChange.Unbind(LiveCatalog.toQueue("x", "q")));
        assertThat(catalog.state.exchange("/", "x")).isPresent();
        catalog.change(new CatalogChange.Unbind(LiveCatalog.toQueue("x", "r")));
        assertThat(catalog.state.exchange("/", "x")).isEmpty();
    }

    @Test
    void autoDeleteExchangesGoOneBehindTheOther() {
        var queue = catalog.queue("q");
        catalog.exchange("x", true, true);
        catalog.exchange("y", true, true);
        catalog.exchange("kept", true, false);
        catalog.bind("x", "q");
        catalog.bindExchange("y", "x");
        catalog.bindExchange("kept", "y");
        assertThat(catalog.change(new CatalogChange.DeleteQueue(queue.id())))
                .containsExactly(
                        new CatalogEntry.QueueDeleted(queue.id()),
                        new CatalogEntry.ExchangeDeleted("/", "x"),
                        new CatalogEntry.ExchangeDeleted("/", "y"),
                        new CatalogEntry.TopicDeleted(queue.topic()));
        assertThat(catalog.state.exchange("/", "kept")).isPresent();
        assertThat(catalog.state.bindings("/")).isEmpty();
    }

    @Test
    void aRoutedMessageMeetsTheNewQueueOfAnOldName() {
        var old = catalog.queue("q");
        catalog.bind("amq.fanout", "q");
        catalog.change(new CatalogChange.DeleteQueue(old.id()));
        var young = catalog.queue("q");
        assertThat(route("amq.fanout")).isEmpty();
        catalog.bind("amq.fanout", "q");
        assertThat(route("amq.fanout")).containsExactly(young);
        assertThat(route("")).containsExactly(young);
    }

    private List<Queue> route(String exchange) {
        var found = catalog.state.exchange("/", exchange).orElseThrow();
        return Router.route(catalog.state, found, List.of("q"), Map::of);
    }

    private static CatalogChange bind(String exchange, String key, Map<String, String> arguments) {
        return new CatalogChange.Bind(new Binding("/", exchange, "q", true, key, arguments));
    }

    private static CatalogChange bindExchange(String exchange, String destination) {
        return new CatalogChange.Bind(new Binding("/", exchange, destination, false, "", Map.of()));
    }

    private static CatalogChange declare(
            String name, ExchangeType type, Map<String, String> arguments) {
        return new CatalogChange.DeclareExchange(
                new Exchange("/", name, type, true, false, false, arguments));
    }
}
