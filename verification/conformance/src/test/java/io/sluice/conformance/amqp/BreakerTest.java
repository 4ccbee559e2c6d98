package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A queue whose deliveries stop when they fail.
@Conformance
class BreakerTest {
    private static final long OPEN_MILLIS = 1_500;

    @BeforeEach
    void onlySluiceHasBreakers() {
        Promises.ofSluiceOnly("nobody else has breakers");
    }

    @Test
    void aConsumerGetsNothingWhileItIsOpenThenAProbeThenAll(AmqpClients clients) throws Exception {
        var queue = clients.queue("breaking", breaking(Map.of()));
        var channel = clients.channel();
        channel.basicQos(2);
        clients.publish(queue, "a", "b", "c");
        var inbox = Inbox.of(channel, queue);
        assertThat(inbox.texts(2)).containsExactly("a", "b");

        long opened = System.nanoTime();
        channel.basicNack(0, true, true);
        clients.publish(queue, "d");
        assertThat(clients.drain(queue)).as("basic.get is empty").isEmpty();
        assertThat(clients.ready(queue)).isEqualTo(4);

        var probe = inbox.next();
        assertThat((System.nanoTime() - opened) / 1_000_000).isGreaterThanOrEqualTo(OPEN_MILLIS);
        assertThat(Inbox.text(probe)).isEqualTo("a");
        assertThat(probe.getEnvelope().isRedeliver()).isTrue();
        assertThat(clients.drain(queue)).as("one probe at a time").isEmpty();
        assertThat(inbox.waiting()).isEmpty();

        channel.basicAck(Inbox.tag(probe), false);
        assertThat(inbox.texts(2)).containsExactly("b", "c");
        channel.basicAck(0, true);
        assertThat(Inbox.text(inbox.next())).isEqualTo("d");
    }

    @Test
    void aBurstIntoTheDeadLettersOpensItAndTheRestStays(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue =
                clients.queue(
                        "breaking",
                        Map.of(
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                letters,
                                "x-sluice-breaker-dead-letters",
                                3));
        clients.publish(queue, "a", "b", "c", "d", "e");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        assertThat(inbox.texts(5)).hasSize(5);

        channel.basicNack(0, true, false);

        Until.holds("three have died", () -> clients.ready(letters) == 3);
        assertThat(clients.ready(queue)).isEqualTo(2);
        assertThat(clients.drain(queue)).isEmpty();
        assertThat(inbox.waiting()).isEmpty();
    }

    @Test
    void whatIsRejectedWhileItIsOpenDiesOnlyWhenItIsRejectedAgain(AmqpClients clients)
            throws Exception {
        var letters = clients.queue("letters");
        var queue =
                clients.queue(
                        "breaking",
                        breaking(
                                Map.of(
                                        "x-dead-letter-exchange",
                                        "",
                                        "x-dead-letter-routing-key",
                                        letters)));
        clients.publish(queue, "a", "b", "c");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        var held = inbox.next(3);
        channel.basicNack(Inbox.tag(held.get(1)), true, true);
        channel.basicReject(Inbox.tag(held.get(2)), false);

        succeed(channel, inbox);
        succeed(channel, inbox);
        var again = inbox.next();
        assertThat(Inbox.text(again)).isEqualTo("c");
        assertThat(clients.ready(letters)).isZero();
        channel.basicReject(Inbox.tag(again), false);
        Until.holds("it is dead", () -> clients.ready(letters) == 1);
    }

    @Test
    void whatABreakerDoesIsToldToWhoeverReadsTheEvents(AmqpClients clients, Clients kafka)
            throws Exception {
        var queue = clients.queue("breaking", breaking(Map.of()));
        clients.publish(queue, "a", "b");
        var channel = clients.channel();
        var inbox = Inbox.of(channel, queue);
        assertThat(inbox.texts(2)).hasSize(2);
        channel.basicNack(0, true, true);
        succeed(channel, inbox);

        Until.holds("all is told", () -> events(kafka, queue).size() == 3);
        var events = events(kafka, queue);
        assertThat(events).extracting(ConsumerRecord::key).containsOnly("//" + queue + "/0");
        assertThat(events.get(0).value())
                .contains(
                        "\"from\":\"closed\",\"to\":\"open\"",
                        "\"reason\":\"2 of 2 deliveries failed\"",
                        "\"failed\":2,\"slow\":0,\"calls\":2");
        assertThat(events.get(1).value()).contains("\"from\":\"open\",\"to\":\"half-open\"");
        assertThat(events.get(2).value()).contains("\"from\":\"half-open\",\"to\":\"closed\"");
    }

    private static List<ConsumerRecord<String, String>> events(Clients kafka, String queue) {
        return Reading.all(kafka, "sluice.events").stream()
                .filter(event -> event.value().contains("\"queue\":\"" + queue + "\""))
                .toList();
    }

    private static void succeed(Channel channel, Inbox inbox) throws Exception {
        channel.basicAck(Inbox.tag(inbox.next()), false);
    }

    private static Map<String, Object> breaking(Map<String, Object> more) {
        var all = new HashMap<>(more);
        all.put("x-sluice-breaker-failure-percent", 100);
        all.put("x-sluice-breaker-minimum-calls", 2);
        all.put("x-sluice-breaker-window-size", 2);
        all.put("x-sluice-breaker-open-ms", OPEN_MILLIS);
        all.put("x-sluice-breaker-probes", 1);
        return all;
    }
}
