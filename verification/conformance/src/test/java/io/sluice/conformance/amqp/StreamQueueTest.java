package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A stream over AMQP: everyone reads all of it, from where they like, and nothing is taken away.
@Conformance
class StreamQueueTest {
    private static final Map<String, Object> STREAM = Map.of("x-queue-type", "stream");

    @Test
    void everyConsumerSeesEverythingWithItsOffset(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        clients.publish(stream, "a", "b", "c");

        for (var reader = 0; reader < 2; reader++) {
            var deliveries = from(clients, stream, "first").next(3);

            assertThat(deliveries).extracting(Inbox::text).containsExactly("a", "b", "c");
            assertThat(deliveries)
                    .extracting(
                            delivery ->
                                    delivery.getProperties().getHeaders().get("x-stream-offset"))
                    .containsExactly(0L, 1L, 2L);
            assertThat(deliveries).noneMatch(delivery -> delivery.getEnvelope().isRedeliver());
        }
    }

    @Test
    void aConsumerMayStartAtANumber(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        clients.publish(stream, "a", "b", "c");

        assertThat(from(clients, stream, 1L).texts(2)).containsExactly("b", "c");
    }

    @Test
    void aConsumerMayStartWithWhatComesNext(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        clients.publish(stream, "a", "b");
        var next = from(clients, stream, "next");
        var untold = Inbox.of(channelWithPrefetch(clients), stream);

        clients.publish(stream, "c");

        assertThat(next.texts(1)).containsExactly("c");
        assertThat(untold.texts(1)).containsExactly("c");
    }

    @Test
    void aConsumerMayStartWithTheLastChunk(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        clients.publish(stream, "a");
        clients.publish(stream, "b");

        var inbox = from(clients, stream, "last");

        // How much the last chunk holds is the broker's business.
        var first = Inbox.text(inbox.next());
        assertThat(first).isIn("a", "b");
    }

    @Test
    void aConsumerMayStartAtATime(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        clients.publish(stream, "a");

        assertThat(from(clients, stream, Date.from(Instant.now().minusSeconds(3_600))).texts(1))
                .containsExactly("a");
    }

    @Test
    void acknowledgingMovesTheWindowAndTakesNothingAway(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        var bodies = IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);
        clients.publish(stream, bodies);
        var channel = clients.channel();
        channel.basicQos(10);
        var inbox = Inbox.of(channel, stream, Map.of("x-stream-offset", "first"));

        for (var body : bodies) {
            var delivery = inbox.next();
            assertThat(Inbox.text(delivery)).isEqualTo(body);
            channel.basicAck(Inbox.tag(delivery), false);
        }

        assertThat(from(clients, stream, "first").texts(50)).containsExactly(bodies);
    }

    @Test
    void aConsumerWithoutAPrefetchIsRefused(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        var channel = clients.channel();

        var refusal = Refusal.of(() -> Inbox.of(channel, stream));

        assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CHANNEL);
        assertThat(refusal.code()).isEqualTo(406);
    }

    @Test
    void aWrongOffsetIsRefused(AmqpClients clients) throws Exception {
        Promises.ofSluiceOnly("RabbitMQ 3 ends the connection with an internal error");
        var stream = clients.queue("stream", STREAM);
        var channel = channelWithPrefetch(clients);

        assertThat(
                        Refusal.of(
                                        () ->
                                                Inbox.of(
                                                        channel,
                                                        stream,
                                                        Map.of("x-stream-offset", "somewhere")))
                                .code())
                .isEqualTo(406);
    }

    @Test
    void whatAStreamCannotDoIsNotImplemented(AmqpClients clients) throws Exception {
        var stream = clients.queue("stream", STREAM);
        for (var operation :
                List.<Operation>of(
                        channel -> channel.basicGet(stream, false),
                        channel -> channel.queuePurge(stream),
                        channel -> {
                            channel.basicQos(5);
                            channel.basicConsume(stream, true, new Inbox(channel));
                        })) {
            var channel = clients.connect().createChannel();

            var refusal = Refusal.of(() -> operation.on(channel));

            assertThat(refusal.scope()).isEqualTo(Refusal.Scope.CONNECTION);
            assertThat(refusal.code()).isEqualTo(540);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, true, false", "true, false, true"})
    void itIsDurableAndSharedAndStays(
            boolean durable, boolean exclusive, boolean autoDelete, AmqpClients clients)
            throws Exception {
        var channel = clients.channel();

        assertThat(
                        Refusal.of(
                                        () ->
                                                channel.queueDeclare(
                                                        clients.name("stream"),
                                                        durable,
                                                        exclusive,
                                                        autoDelete,
                                                        STREAM))
                                .code())
                .isEqualTo(406);
    }

    private static Inbox from(AmqpClients clients, String stream, Object offset) throws Exception {
        return Inbox.of(channelWithPrefetch(clients), stream, Map.of("x-stream-offset", offset));
    }

    private static Channel channelWithPrefetch(AmqpClients clients) throws Exception {
        var channel = clients.channel();
        channel.basicQos(100);
        return channel;
    }

    private interface Operation {
        void on(Channel channel) throws IOException;
    }
}
