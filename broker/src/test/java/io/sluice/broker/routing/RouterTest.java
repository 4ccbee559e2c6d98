package io.sluice.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.JsonText;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private final RoutingTable table = new RoutingTable().withQueues("a", "b", "c");

    @Test
    void theDefaultExchangeLeadsToTheQueueOfTheKeysName() {
        assertThat(table.route("", "b")).containsExactly("b");
        assertThat(table.route("", "nobody")).isEmpty();
    }

    @Test
    void aDirectExchangeLeadsWhereTheKeyIsTheSame() {
        table.bind("amq.direct", "red", "a").bind("amq.direct", "red", "b");
        table.bind("amq.direct", "blue", "c");
        assertThat(table.route("amq.direct", "red")).containsExactly("a", "b");
        assertThat(table.route("amq.direct", "blue")).containsExactly("c");
        assertThat(table.route("amq.direct", "re")).isEmpty();
    }

    @Test
    void aFanoutExchangeLeadsEverywhereWhateverTheKey() {
        table.bind("amq.fanout", "x", "a").bind("amq.fanout", "", "b");
        assertThat(table.route("amq.fanout", "y")).containsExactly("a", "b");
    }

    @Test
    void everyKeyIsRoutedAndEveryQueueFoundOnce() {
        table.bind("amq.direct", "1", "a").bind("amq.direct", "2", "a");
        table.bind("amq.direct", "2", "b");
        assertThat(table.route("amq.direct", "1", "2", "3")).containsExactly("a", "b");
        assertThat(table.route("", "c", "a", "c")).containsExactly("c", "a");
    }

    @Test
    void aBindingThatIsGoneLeadsNowhereAndItsTwinGoesOn() {
        table.bind("amq.direct", "k", "a").bind("amq.direct", "k", "a", Map.of("x", "1"));
        assertThat(table.route("amq.direct", "k")).containsExactly("a");
        table.unbind("amq.direct", "k", "a");
        assertThat(table.route("amq.direct", "k")).containsExactly("a");
        table.deleteQueue("a");
        assertThat(table.route("amq.direct", "k")).isEmpty();
        assertThat(table.bindings("/")).isEmpty();
    }

    @Test
    void exchangesLeadToExchangesAlsoInACircle() {
        table.exchange("first", ExchangeType.FANOUT).exchange("second", ExchangeType.TOPIC);
        table.bindExchange("first", "", "second").bindExchange("second", "#", "first");
        table.bind("first", "", "a").bind("second", "x.*", "b").bind("second", "#", "a");
        assertThat(table.route("first", "x.y")).containsExactlyInAnyOrder("a", "b");
        assertThat(table.route("second", "z")).containsExactly("a");
    }

    @Test
    void aDeletedExchangeTakesTheBindingsOfItsBothEnds() {
        table.exchange("middle", ExchangeType.FANOUT);
        table.bindExchange("amq.fanout", "", "middle").bind("middle", "", "a");
        assertThat(table.route("amq.fanout", "")).containsExactly("a");
        table.deleteExchange("middle");
        assertThat(table.route("amq.fanout", "")).isEmpty();
        assertThat(table.bindings("/")).isEmpty();
        assertThat(table.routes().bindingsTo("/", "a", true)).isEmpty();
    }

    @Test
    void whatAnExchangeCannotRouteGoesToItsAlternate() {
        var toSpare = Map.of("alternate-exchange", JsonText.quoted("spare"));
        table.exchange("main", ExchangeType.DIRECT, toSpare);
        table.exchange("spare", ExchangeType.FANOUT).bind("spare", "", "c");
        table.bind("main", "known", "a");
        assertThat(table.route("main", "known")).containsExactly("a");
        assertThat(table.route("main", "unknown")).containsExactly("c");
        assertThat(table.route("main", "unknown", "known")).containsExactly("a");
    }

    @Test
    void anAlternateMayBeMissingOrLeadBack() {
        table.exchange(
                "here",
                ExchangeType.DIRECT,
                Map.of("alternate-exchange", JsonText.quoted("there")));
        assertThat(table.route("here", "k")).isEmpty();
        table.exchange(
                "there", ExchangeType.TOPIC, Map.of("alternate-exchange", JsonText.quoted("here")));
        assertThat(table.route("here", "k")).isEmpty();
    }

    @Test
    void aPolicyNamesTheAlternateWhereNoArgumentDoes() {
        table.exchange("main", ExchangeType.DIRECT).bind("amq.fanout", "", "b");
        table.policy("main", Map.of("alternate-exchange", JsonText.quoted("amq.fanout")));
        assertThat(table.route("main", "unknown")).containsExactly("b");
    }

    @Test
    void theDefaultExchangeMayBeAnAlternate() {
        table.exchange("main", ExchangeType.FANOUT, Map.of("alternate-exchange", "\"\""));
        assertThat(table.route("main", "b")).containsExactly("b");
    }

    @Test
    void aDelayedExchangeRoutesAsWhatItWraps() {
        table.exchange(
                "later", ExchangeType.DELAYED, Map.of("x-delayed-type", JsonText.quoted("topic")));
        table.bind("later", "a.*", "a");
        assertThat(table.route("later", "a.b")).containsExactly("a");
        assertThat(table.route("later", "b")).isEmpty();
    }

    @Test
    void anExchangeThatIsNoLongerThereLeadsNowhere() {
        table.exchange("gone", ExchangeType.FANOUT).bind("gone", "", "a");
        var gone = table.exchange("/", "gone").orElseThrow();
        table.deleteExchange("gone");
        assertThat(Router.route(table, gone, java.util.List.of("k"), Map::of)).isEmpty();
    }

    @Test
    void whatIsWrongWithAnExchangeIsSaid() {
        assertThat(declared(ExchangeType.DELAYED, Map.of()).fault()).isPresent();
        assertThat(declared(ExchangeType.DELAYED, Map.of("x-delayed-type", "\"no\"")).fault())
                .isPresent();
        assertThat(
                        declared(
                                        ExchangeType.DELAYED,
                                        Map.of("x-delayed-type", "\"x-delayed-message\""))
                                .fault())
                .isPresent();
        assertThat(declared(ExchangeType.DELAYED, Map.of("x-delayed-type", "\"fanout\"")).fault())
                .isEmpty();
        assertThat(declared(ExchangeType.TOPIC, Map.of("alternate-exchange", "23")).fault())
                .isPresent();
        assertThat(
                        declared(
                                        ExchangeType.CONSISTENT_HASH,
                                        Map.of("hash-header", "\"h\"", "hash-property", "\"p\""))
                                .fault())
                .isPresent();
        assertThat(declared(ExchangeType.CONSISTENT_HASH, Map.of("hash-property", "\"p\"")).fault())
                .contains("Unsupported property p");
    }

    private static Exchange declared(ExchangeType type, Map<String, String> arguments) {
        return new Exchange("/", "x", type, true, false, false, arguments);
    }
}
