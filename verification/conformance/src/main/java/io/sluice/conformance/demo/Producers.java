package io.sluice.conformance.demo;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.process.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The shops: one per protocol.
final class Producers {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int CONFIRM_MILLIS = 10_000;

    private Producers() {}

    static Producer kafka(Ports ports, String topic) {
        return new Kafka(
                topic,
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                ports.bootstrap(),
                                "linger.ms",
                                "0",
                                "acks",
                                "all",
                                "key.serializer",
                                StringSerializer.class.getName(),
                                "value.serializer",
                                StringSerializer.class.getName())));
    }

    static Producer amqp(Ports ports, String queue) {
        return new Amqp(ports.amqp(), queue);
    }

    static Producer sqs(Ports ports, String queue) {
        return new Sqs(SqsClients.at(ports.sqs()), SqsClients.url(ports.sqs(), queue));
    }

    private record Kafka(String topic, KafkaProducer<String, String> client) implements Producer {
        @Override
        public String protocol() {
            return "kafka";
        }

        @Override
        public void send(Payment payment) throws InterruptedException {
            while (true) {
                try {
                    client.send(new ProducerRecord<>(topic, payment.account(), payment.text()))
                            .get();
                    return;
                } catch (ExecutionException unsent) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class Amqp implements Producer {
        private final int port;
        private final String queue;
        private @Nullable Channel channel;

        Amqp(int port, String queue) {
            this.port = port;
            this.queue = queue;
        }

        @Override
        public String protocol() {
            return "amqp";
        }

        @Override
        public void send(Payment payment) throws InterruptedException {
            while (true) {
                try {
                    var open = channel();
                    open.basicPublish(
                            "",
                            queue,
                            new AMQP.BasicProperties.Builder()
                                    .deliveryMode(2)
                                    .messageId(payment.id())
                                    .headers(Map.of("x-sluice-key", payment.account()))
                                    .build(),
                            payment.text().getBytes(StandardCharsets.UTF_8));
                    open.waitForConfirmsOrDie(CONFIRM_MILLIS);
                    return;
                } catch (IOException | TimeoutException | ShutdownSignalException lost) {
                    close();
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        private Channel channel() throws IOException, TimeoutException {
            var open = channel;
            if (open != null && open.isOpen()) {
                return open;
            }
            var factory = new ConnectionFactory();
            factory.setHost("127.0.0.1");
            factory.setPort(port);
            factory.setAutomaticRecoveryEnabled(false);
            open = factory.newConnection("amqp-shop").createChannel();
            open.confirmSelect();
            channel = open;
            return open;
        }

        @Override
        public void close() {
            var open = channel;
            channel = null;
            if (open != null) {
                open.getConnection().abort();
            }
        }
    }

    private record Sqs(SqsClient client, String url) implements Producer {
        @Override
        public String protocol() {
            return "sqs";
        }

        @Override
        public void send(Payment payment) {
            while (true) {
                try {
                    client.sendMessage(
                            b ->
                                    b.queueUrl(url)
                                            .messageBody(payment.text())
                                            .messageGroupId(payment.account()));
                    return;
                } catch (SdkException unsent) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
