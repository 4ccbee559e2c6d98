package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which queues a message reaches.
@Conformance
class RoutingTest {
    @Test
    void aDirectExchangeComparesKeys(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var one = clients.boundQueue(exchange, "red");
        var both = clients.boundQueue(exchange, "red", "blue");

        publish(clients, exchange, "red", "blue", "green");

        assertThat(clients.drain(one)).containsExactly("red");
        assertThat(clients.drain(both)).containsExactly("red", "blue");
    }

    @Test
    void aFanoutExchangeIgnoresKeys(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var one = clients.boundQueue(exchange, "a");
        var other = clients.boundQueue(exchange, "b");

        publish(clients, exchange, "a", "c");

        assertThat(clients.drain(one)).containsExactly("a", "c");
        assertThat(clients.drain(other)).containsExactly("a", "c");
    }

    @Test
    void aQueueGetsAMessageOnceHoweverManyOfItsBindingsMatch(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.TOPIC);
        var queue = clients.boundQueue(exchange, "a.*", "#", "a.b", "*.b");

        publish(clients, exchange, "a.b");

        assertThat(clients.drain(queue)).containsExactly("a.b");
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.c, a.b.c, true",
        "a.*.c, a.b.c, true",
        "a.*.c, a.c, false",
        "a.*.c, a.b.b.c, false",
        "*, a, true",
        "*, '', false",
        "*, a.b, false",
        "#, '', true",
        "#, a.b.c, true",
        "a.#, a, true",
        "a.#, a.b.c, true",
        "a.#, ab, false",
        "#.c, c, true",
        "#.c, a.b.c, true",
        "a.#.c, a.c, true",
        "a.#.c, a.b.b.c, true",
        "#.#, '', true",
        "#.*, '', false",
        "#.*, a.b, true",
        "*.#, '', false",
        "*.#.*, a, false",
        "*.#.*, a.b, true",
        "a.b, A.b, false",
        "a..b, a..b, true",
        "a.*.b, a..b, true",
        "'', '', true",
        "'', a, false",
        "a*, ab, false"
    })
    void aTopicExchangeMatchesWords(
            String pattern, String key, boolean matches, AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.TOPIC);
        var queue = clients.boundQueue(exchange, pattern);

        clients.publish(exchange, key, new AMQP.BasicProperties(), "x");

        assertThat(clients.ready(queue)).isEqualTo(matches ? 1 : 0);
    }

    @Test
    void anUnboundKeyNoLongerMatches(AmqpClients clients) throws Exception {
        for (var type : List.of(BuiltinExchangeType.DIRECT, BuiltinExchangeType.TOPIC)) {
            var exchange = clients.exchange(type);
            var queue = clients.boundQueue(exchange, "a", "b");
            clients.channel().queueUnbind(queue, exchange, "a");

            publish(clients, exchange, "a", "b");

            assertThat(clients.drain(queue)).containsExactly("b");
        }
    }

    @Test
    void theDefaultExchangeReachesEachQueueByItsName(AmqpClients clients) throws Exception {
        var queue = clients.queue("named");
        var channel = clients.channel();

        clients.publish("", queue, new AMQP.BasicProperties(), "x");

        var got = channel.basicGet(queue, true);
        assertThat(got.getEnvelope().getExchange()).isEmpty();
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo(queue);
    }

    @Test
    void aDeliverySaysWhereItWasPublished(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.TOPIC);
        var queue = clients.boundQueue(exchange, "#");

        publish(clients, exchange, "some.key");

        var got = clients.channel().basicGet(queue, true);
        assertThat(got.getEnvelope().getExchange()).isEqualTo(exchange);
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("some.key");
    }

    @ParameterizedTest
    @CsvSource({
        "all, true, false, false, false",
        "any, true, true, false, false",
        "all-with-x, false, false, true, false",
        "any-with-x, true, true, true, true",
    })
    void aHeadersExchangeMatchesValues(
            String match,
            boolean both,
            boolean one,
            boolean bothAndX,
            boolean onlyX,
            AmqpClients clients)
            throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.HEADERS);
        var queue = clients.queue("headers");
        clients.channel()
                .queueBind(
                        queue,
                        exchange,
                        "",
                        Map.of("x-match", match, "kind", "order", "size", 3, "x-odd", "y"));
        var matches = new ArrayList<String>();
        var expected = new ArrayList<String>();
        // For "all" and "any", what begins with x- does not count.
        record Case(String name, Map<String, Object> headers, boolean expected) {}
        for (var one1 :
                List.of(
                        new Case("both", Map.of("kind", "order", "size", 3), both),
                        new Case("one", Map.of("kind", "order", "size", 4), one),
                        new Case(
                                "both and x",
                                Map.of("kind", "order", "size", 3, "x-odd", "y"),
                                bothAndX || match.equals("all") || match.equals("any")),
                        new Case("only x", Map.of("x-odd", "y"), onlyX),
                        new Case("none", Map.of("other", "order"), false))) {
            clients.publish(
                    exchange,
                    "",
                    new AMQP.BasicProperties.Builder().headers(one1.headers()).build(),
                    one1.name());
            if (one1.expected()) {
                expected.add(one1.name());
            }
        }
        matches.addAll(clients.drain(queue));
        assertThat(matches).isEqualTo(expected);
    }

    @Test
    void aHeadersExchangeMatchesAllUnlessToldOtherwise(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.HEADERS);
        var queue = clients.queue("headers");
        clients.channel().queueBind(queue, exchange, "", Map.of("a", 1, "b", 2));

        clients.publish(exchange, "", headers(Map.of("a", 1)), "a");
        clients.publish(exchange, "", headers(Map.of("a", 1, "b", 2)), "a and b");

        assertThat(clients.drain(queue)).containsExactly("a and b");
    }

    @Test
    void aHeadersBindingWithoutAValueAsksForThePresence(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.HEADERS);
        var queue = clients.queue("headers");
        var presence = new HashMap<String, Object>();
        presence.put("a", null);
        clients.channel().queueBind(queue, exchange, "", presence);

        clients.publish(exchange, "", headers(Map.of("a", "anything")), "a");
        clients.publish(exchange, "", headers(Map.of("b", "anything")), "b");

        assertThat(clients.drain(queue)).containsExactly("a");
    }

    @Test
    void anUnknownMatchIsRefused(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.HEADERS);
        var queue = clients.queue("headers");
        var channel = clients.channel();

        var refusal =
                Refusal.of(() -> channel.queueBind(queue, exchange, "", Map.of("x-match", "some")));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
        assertThat(refusal.text()).startsWith("PRECONDITION_FAILED - Invalid x-match field value");
    }

    @Test
    void carbonCopiesReachMoreKeysAndKeepTheFirstOne(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        var to = clients.boundQueue(exchange, "to");
        var cc = clients.boundQueue(exchange, "cc");
        var bcc = clients.boundQueue(exchange, "bcc");

        clients.publish(
                exchange,
                "to",
                headers(Map.of("CC", List.of("cc"), "BCC", List.of("bcc"), "other", 1)),
                "x");

        for (var queue : List.of(to, cc, bcc)) {
            var got = clients.channel().basicGet(queue, true);
            assertThat(got).as(queue).isNotNull();
            assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("to");
            assertThat(got.getProps().getHeaders()).containsOnlyKeys("CC", "other");
        }
    }

    @Test
    void carbonCopiesThatAreNoListAreRefused(AmqpClients clients) throws Exception {
        var queue = clients.queue("cc");
        var channel = clients.channel();

        channel.basicPublish("", queue, headers(Map.of("CC", "not a list")), bytes("x"));

        assertThat(Refusal.later(channel).code()).isEqualTo(406);
        assertThat(clients.ready(queue)).isZero();
    }

    @Test
    void exchangesCanBeBoundToExchanges(AmqpClients clients) throws Exception {
        var source = clients.exchange(BuiltinExchangeType.TOPIC);
        var middle = clients.exchange(BuiltinExchangeType.FANOUT);
        var last = clients.exchange(BuiltinExchangeType.DIRECT);
        var queue = clients.boundQueue(last, "a.b");
        var channel = clients.channel();
        channel.exchangeBind(middle, source, "a.*");
        channel.exchangeBind(last, middle, "");

        publish(clients, source, "a.b", "a.c", "b.b");
        channel.exchangeUnbind(middle, source, "a.*");
        publish(clients, source, "a.b");

        assertThat(clients.drain(queue)).containsExactly("a.b");
    }

    @Test
    void aCircleOfExchangesEnds(AmqpClients clients) throws Exception {
        var one = clients.exchange(BuiltinExchangeType.FANOUT);
        var other = clients.exchange(BuiltinExchangeType.FANOUT);
        var queue = clients.boundQueue(other, "");
        var channel = clients.channel();
        channel.exchangeBind(other, one, "");
        channel.exchangeBind(one, other, "");

        publish(clients, one, "a");

        assertThat(clients.drain(queue)).containsExactly("a");
    }

    @Test
    void aBindingBetweenExchangesNeedsBoth(AmqpClients clients) throws Exception {
        var exchange = clients.exchange(BuiltinExchangeType.FANOUT);
        var missing = clients.name("missing");
        var notFound =
                Refusal.ofChannel(404, "NOT_FOUND - no exchange '" + missing + "' in vhost '/'");
        var one = clients.channel();
        assertThat(Refusal.of(() -> one.exchangeBind(missing, exchange, ""))).isEqualTo(notFound);
        var other = clients.channel();
        assertThat(Refusal.of(() -> other.exchangeBind(exchange, missing, ""))).isEqualTo(notFound);
    }

    @Test
    void whatAnExchangeCannotRouteGoesToItsAlternate(AmqpClients clients) throws Exception {
        var alternate = clients.exchange(BuiltinExchangeType.FANOUT);
        var unrouted = clients.boundQueue(alternate, "");
        var exchange = clients.exchange("direct", Map.of("alternate-exchange", alternate));
        var queue = clients.boundQueue(exchange, "known");

        publish(clients, exchange, "known", "unknown");

        assertThat(clients.drain(queue)).containsExactly("known");
        var got = clients.channel().basicGet(unrouted, true);
        assertThat(text(got.getBody())).isEqualTo("unknown");
        assertThat(got.getEnvelope().getExchange()).isEqualTo(exchange);
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("unknown");
    }

    @Test
    void anAlternateThatIsMissingOrRefersBackRoutesNothing(AmqpClients clients) throws Exception {
        var missing = clients.exchange("direct", Map.of("alternate-exchange", "missing"));
        var circle = clients.name("circle");
        clients.channel()
                .exchangeDeclare(
                        clients.removedExchange(circle),
                        "direct",
                        true,
                        false,
                        Map.of("alternate-exchange", circle));

        publish(clients, missing, "a");
        publish(clients, circle, "a");
    }

    @Test
    void anAlternateThatIsNoNameIsRefused(AmqpClients clients) throws Exception {
        var channel = clients.channel();

        assertThat(
                        Refusal.of(
                                        () ->
                                                channel.exchangeDeclare(
                                                        clients.name("wrong"),
                                                        "direct",
                                                        true,
                                                        false,
                                                        Map.of("alternate-exchange", 5)))
                                .code())
                .isEqualTo(406);
    }

    private static AMQP.BasicProperties headers(Map<String, Object> headers) {
        return new AMQP.BasicProperties.Builder().headers(headers).build();
    }

    /// Publishes one message for each of `keys`, with the key as its body.
    private static void publish(AmqpClients clients, String exchange, String... keys)
            throws Exception {
        for (var key : keys) {
            clients.publish(exchange, key, new AMQP.BasicProperties(), key);
        }
    }
}
