package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.SqsAddress;
import io.sluice.conformance.support.SqsClients;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How many messages of a queue may be received and not yet deleted. They are published over AMQP, which is faster, and received ten at a time by bare HTTP.
@Conformance
class InFlightTest {
    private static final int TEN = 10;
    private static final int CONNECTIONS = 8;

    @Test
    void ofAStandardQueueAtMost120000AreInFlight(
            BrokerProcess broker, AmqpClients amqp, SqsClients sqs) throws Exception {
        holds(120_000, sqs.queue("many"), amqp, sqs);
    }

    @Test
    void ofAFifoQueueAtMost20000AreInFlight(BrokerProcess broker, AmqpClients amqp, SqsClients sqs)
            throws Exception {
        holds(20_000, sqs.fifo("many"), amqp, sqs);
    }

    private static void holds(int limit, String url, AmqpClients amqp, SqsClients sqs)
            throws Exception {
        publish(amqp, SqsClients.nameOf(url), limit + TEN);
        receive(sqs.address(), url, limit / TEN - 1);
        var last = sqs.receive(url, TEN);
        assertThat(last).as("the limit itself is allowed").hasSize(TEN);

        assertThat(Refused.of(() -> sqs.receive(url, 1)).code()).isEqualTo("OverLimit");
        assertThat(Refused.of(() -> sqs.receive(url, b -> b.waitTimeSeconds(20))).code())
                .isEqualTo("OverLimit");

        sqs.delete(url, last.getFirst());
        assertThat(sqs.receive(url, 1)).as("there is room again").hasSize(1);
        assertThat(Refused.of(() -> sqs.receive(url, 1)).code()).isEqualTo("OverLimit");
    }

    /// Ten of each group: as many as one receive takes of it.
    private static void publish(AmqpClients amqp, String queue, int count) throws Exception {
        var channel = amqp.channel();
        channel.confirmSelect();
        for (var i = 0; i < count; i++) {
            var properties =
                    new AMQP.BasicProperties.Builder()
                            .headers(Map.of("x-sluice-key", "g" + i / TEN))
                            .build();
            channel.basicPublish("", queue, properties, AmqpClients.bytes("m" + i));
        }
        channel.waitForConfirmsOrDie(30_000);
    }

    private static void receive(SqsAddress address, String url, int times) throws Exception {
        var body =
                "{\"QueueUrl\":\"%s\",\"MaxNumberOfMessages\":10,\"VisibilityTimeout\":600}"
                        .formatted(url);
        try (var wire = new SqsWire(address);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var each =
                    IntStream.range(0, CONNECTIONS)
                            .<Callable<Integer>>mapToObj(
                                    i ->
                                            () -> {
                                                var received = 0;
                                                for (var n = i; n < times; n += CONNECTIONS) {
                                                    received +=
                                                            wire.json("ReceiveMessage", body)
                                                                    .json()
                                                                    .path("Messages")
                                                                    .size();
                                                }
                                                return received;
                                            })
                            .toList();
            var received = 0;
            for (Future<Integer> done : threads.invokeAll(each)) {
                received += done.get();
            }
            assertThat(received).isEqualTo(times * TEN);
        }
    }
}
