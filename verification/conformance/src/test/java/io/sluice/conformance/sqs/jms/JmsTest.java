package io.sluice.conformance.sqs.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.sqs.javamessaging.ProviderConfiguration;
import com.amazon.sqs.javamessaging.SQSConnectionFactory;
import com.amazon.sqs.javamessaging.SQSSession;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import com.amazonaws.services.sqs.model.CreateQueueRequest;
import com.amazonaws.services.sqs.model.GetQueueUrlRequest;
import com.amazonaws.services.sqs.model.QueueDoesNotExistException;
import com.amazonaws.services.sqs.model.ReceiptHandleIsInvalidException;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.jms.BytesMessage;
import javax.jms.Session;
import javax.jms.TextMessage;
import org.junit.jupiter.api.Test;

/// Amazon's messaging library for JMS on the SDK of version 1.
@Conformance
class JmsTest {
    @Test
    void textAndBytesArriveWithTheirProperties(SqsAddress service) throws Exception {
        var client = client(service);
        var name = service.name("jms");
        var url = client.createQueue(name).getQueueUrl();
        var connection = factory(client).createConnection();
        try {
            connection.start();
            var session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            var queue = session.createQueue(name);
            var producer = session.createProducer(queue);
            var text = session.createTextMessage("a\r\nb \u20ac <x>");
            text.setStringProperty("kind", "greeting");
            text.setIntProperty("count", 42);
            text.setJMSCorrelationID("17");
            producer.send(text);
            var consumer = session.createConsumer(queue);

            var received = (TextMessage) consumer.receive(20_000);
            assertThat(received.getText()).isEqualTo("a\r\nb \u20ac <x>");
            assertThat(received.getStringProperty("kind")).isEqualTo("greeting");
            assertThat(received.getIntProperty("count")).isEqualTo(42);
            assertThat(received.getJMSCorrelationID()).isEqualTo("17");
            assertThat(received.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
            assertThat(received.getJMSMessageID()).isEqualTo(text.getJMSMessageID());
            received.acknowledge();

            var bytes = session.createBytesMessage();
            bytes.writeBytes("bytes".getBytes(StandardCharsets.UTF_8));
            producer.send(bytes);
            var receivedBytes = (BytesMessage) consumer.receive(20_000);
            var content = new byte[5];
            assertThat(receivedBytes.readBytes(content)).isEqualTo(5);
            assertThat(new String(content, StandardCharsets.UTF_8)).isEqualTo("bytes");
            receivedBytes.acknowledge();
        } finally {
            connection.close();
            client.deleteQueue(url);
            client.shutdown();
        }
    }

    @Test
    void aListenerIsGivenEverything(SqsAddress service) throws Exception {
        var client = client(service);
        var name = service.name("listener");
        var url = client.createQueue(name).getQueueUrl();
        var connection = factory(client).createConnection();
        try {
            var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            var queue = session.createQueue(name);
            var received = new LinkedBlockingQueue<String>();
            session.createConsumer(queue)
                    .setMessageListener(
                            message -> {
                                try {
                                    received.add(((TextMessage) message).getText());
                                } catch (javax.jms.JMSException failed) {
                                    received.add(failed.toString());
                                }
                            });
            connection.start();
            var producer =
                    connection.createSession(false, Session.AUTO_ACKNOWLEDGE).createProducer(queue);
            for (var i = 0; i < 25; i++) {
                producer.send(session.createTextMessage("message " + i));
            }
            var all = new HashSet<String>();
            for (var next = "";
                    all.size() < 25 && next != null;
                    next = received.poll(20, TimeUnit.SECONDS)) {
                if (!next.isEmpty()) {
                    all.add(next);
                }
            }
            assertThat(all).hasSize(25);
        } finally {
            connection.close();
            client.deleteQueue(url);
            client.shutdown();
        }
    }

    @Test
    void groupsKeepTheirOrder(SqsAddress service) throws Exception {
        var client = client(service);
        var name = service.name("jms") + ".fifo";
        var url =
                client.createQueue(
                                new CreateQueueRequest(name)
                                        .withAttributes(
                                                Map.of(
                                                        "FifoQueue", "true",
                                                        "ContentBasedDeduplication", "true")))
                        .getQueueUrl();
        var connection = factory(client).createConnection();
        try {
            connection.start();
            var session = connection.createSession(false, SQSSession.UNORDERED_ACKNOWLEDGE);
            var queue = session.createQueue(name);
            var producer = session.createProducer(queue);
            for (var i = 0; i < 5; i++) {
                var message = session.createTextMessage("message " + i);
                message.setStringProperty("JMSXGroupID", "group");
                producer.send(message);
            }
            var consumer = session.createConsumer(queue);
            for (var i = 0; i < 5; i++) {
                var message = (TextMessage) consumer.receive(20_000);
                assertThat(message.getText()).isEqualTo("message " + i);
                assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("group");
                message.acknowledge();
            }
        } finally {
            connection.close();
            client.deleteQueue(url);
            client.shutdown();
        }
    }

    @Test
    void refusalsAreExceptionsOfTheirOwn(SqsAddress service) {
        Promises.ofSluiceOnly("ElasticMQ's codes of the Query protocol are shapes of JSON");
        var client = client(service);
        var url = client.createQueue(service.name("refusals")).getQueueUrl();
        try {
            assertThatThrownBy(
                            () -> client.getQueueUrl(new GetQueueUrlRequest(service.name("none"))))
                    .isInstanceOf(QueueDoesNotExistException.class)
                    .hasMessageContaining("for this wsdl version");
            assertThatThrownBy(() -> client.deleteMessage(url, "garbage"))
                    .isInstanceOf(ReceiptHandleIsInvalidException.class);
        } finally {
            client.deleteQueue(url);
            client.shutdown();
        }
    }

    private static SQSConnectionFactory factory(AmazonSQS client) {
        return new SQSConnectionFactory(new ProviderConfiguration(), client);
    }

    private static AmazonSQS client(SqsAddress service) {
        return AmazonSQSClientBuilder.standard()
                .withEndpointConfiguration(
                        new EndpointConfiguration(service.endpoint().toString(), "us-east-1"))
                .withCredentials(
                        new AWSStaticCredentialsProvider(new BasicAWSCredentials("test", "test")))
                .build();
    }
}
