package io.sluice.conformance.amqp.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.adapter.MessageListenerAdapter;
import org.springframework.amqp.rabbit.transaction.RabbitTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Conformance
class TemplateTest {
    @Test
    void aMessageArrivesWithAllItsProperties(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("properties");
            var sent =
                    MessageBuilder.withBody("body".getBytes(UTF_8))
                            .setContentType("text/plain")
                            .setContentEncoding("UTF-8")
                            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                            .setPriority(4)
                            .setCorrelationId("correlation")
                            .setReplyTo("reply")
                            .setExpiration("60000")
                            .setMessageId("id")
                            .setTimestamp(Date.from(Instant.ofEpochSecond(1_700_000_000)))
                            .setType("type")
                            .setUserId("guest")
                            .setAppId("application")
                            .setHeader("text", "Grüße")
                            .setHeader("number", 7)
                            .setHeader("large", 1L << 40)
                            .setHeader("list", List.of(1, "two", Map.of("three", 3)))
                            .setHeader("table", Map.of("deep", Map.of("deeper", true)))
                            .build();

            spring.template().send(queue.getName(), sent);
            var received = received(spring, queue.getName());

            assertThat(received.getBody()).isEqualTo(sent.getBody());
            var properties = received.getMessageProperties();
            assertThat(properties.getHeaders()).isEqualTo(sent.getMessageProperties().getHeaders());
            assertThat(properties.getContentType()).isEqualTo("text/plain");
            assertThat(properties.getContentEncoding()).isEqualTo("UTF-8");
            assertThat(properties.getReceivedDeliveryMode())
                    .isEqualTo(MessageDeliveryMode.PERSISTENT);
            assertThat(properties.getPriority()).isEqualTo(4);
            assertThat(properties.getCorrelationId()).isEqualTo("correlation");
            assertThat(properties.getReplyTo()).isEqualTo("reply");
            assertThat(properties.getExpiration()).isEqualTo("60000");
            assertThat(properties.getMessageId()).isEqualTo("id");
            assertThat(properties.getTimestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
            assertThat(properties.getType()).isEqualTo("type");
            assertThat(properties.getReceivedUserId()).isEqualTo("guest");
            assertThat(properties.getAppId()).isEqualTo("application");
            assertThat(properties.getReceivedExchange()).isEmpty();
            assertThat(properties.getReceivedRoutingKey()).isEqualTo(queue.getName());
            assertThat(properties.isRedelivered()).isFalse();
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aQuestionIsAnsweredThroughDirectReplyTo(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("questions");
            var container = new SimpleMessageListenerContainer();
            container.setMessageListener(new MessageListenerAdapter(new Shouting()));
            spring.listening(container, queue);
            var template = spring.template();

            for (var question : List.of("who", "what", "why")) {
                assertThat(template.convertSendAndReceive(queue.getName(), question))
                        .isEqualTo(question.toUpperCase(Locale.ROOT) + "!");
            }
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aQuestionIsAnsweredThroughATemporaryQueueAndThroughAFixedOne(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("questions");
            var server = new DirectMessageListenerContainer();
            server.setMessageListener(new MessageListenerAdapter(new Shouting()));
            spring.listening(server, queue);

            var temporary = spring.template();
            temporary.setUseTemporaryReplyQueues(true);
            assertThat(temporary.convertSendAndReceive(queue.getName(), "how")).isEqualTo("HOW!");

            var replies = spring.queue("replies");
            var fixed = spring.template();
            fixed.setReplyAddress(replies.getName());
            var container = new SimpleMessageListenerContainer();
            container.setMessageListener(fixed);
            spring.listening(container, replies);
            assertThat(fixed.convertSendAndReceive(queue.getName(), "when")).isEqualTo("WHEN!");
            spring.admin().deleteQueue(queue.getName());
            spring.admin().deleteQueue(replies.getName());
        }
    }

    @Test
    void eachMessageIsConfirmedAndWhatNobodyTakesComesBackBefore(AmqpAddress broker)
            throws Exception {
        try (var spring = Spring.withConfirms(broker, ConfirmType.CORRELATED)) {
            var queue = spring.queue("confirmed");
            var template = spring.template();
            template.setMandatory(true);

            var confirms = new ArrayList<CorrelationData>();
            for (var i = 0; i < 200; i++) {
                var correlation = new CorrelationData("number " + i);
                template.convertAndSend("", queue.getName(), "message " + i, correlation);
                confirms.add(correlation);
            }
            for (var confirm : confirms) {
                assertThat(confirm.getFuture().get(20, TimeUnit.SECONDS).ack()).isTrue();
                assertThat(confirm.getReturned()).isNull();
            }
            assertThat(spring.ready(queue)).isEqualTo(200);

            var unroutable = new CorrelationData("unroutable");
            template.convertAndSend("amq.direct", queue.getName(), "nobody", unroutable);
            assertThat(unroutable.getFuture().get(20, TimeUnit.SECONDS).ack()).isTrue();
            assertThat(unroutable.getReturned())
                    .satisfies(
                            returned -> {
                                assertThat(returned.getReplyCode()).isEqualTo(312);
                                assertThat(returned.getReplyText()).isEqualTo("NO_ROUTE");
                            });
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aRefusedMessageIsNotConfirmed(AmqpAddress broker) throws Exception {
        try (var spring = Spring.withConfirms(broker, ConfirmType.CORRELATED)) {
            var queue =
                    spring.declared(
                            QueueBuilder.nonDurable(spring.name("full"))
                                    .maxLength(1L)
                                    .overflow(QueueBuilder.Overflow.rejectPublish)
                                    .build());
            var template = spring.template();
            var fits = new CorrelationData();
            var doesNot = new CorrelationData();
            template.convertAndSend("", queue.getName(), "fits", fits);
            assertThat(fits.getFuture().get(20, TimeUnit.SECONDS).ack()).isTrue();

            template.convertAndSend("", queue.getName(), "does not", doesNot);
            assertThat(doesNot.getFuture().get(20, TimeUnit.SECONDS).ack()).isFalse();

            // A missing exchange closes the channel, and with it goes the confirm.
            var nowhere = new CorrelationData();
            template.convertAndSend(spring.name("none"), "key", "nowhere", nowhere);
            assertThat(nowhere.getFuture().get(20, TimeUnit.SECONDS).ack()).isFalse();
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aBlockOfSendsWaitsForItsConfirms(AmqpAddress broker) {
        try (var spring = Spring.withConfirms(broker, ConfirmType.SIMPLE)) {
            var queue = spring.queue("block");

            var confirmed =
                    spring.template()
                            .invoke(
                                    operations -> {
                                        for (var i = 0; i < 100; i++) {
                                            operations.convertAndSend(queue.getName(), "m" + i);
                                        }
                                        operations.waitForConfirmsOrDie(Spring.PATIENCE_MILLIS);
                                        return true;
                                    });

            assertThat(confirmed).isTrue();
            assertThat(spring.ready(queue)).isEqualTo(100);
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aTransactionThatFailsHasNotSentAndNotTaken(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var from = spring.queue("from");
            var to = spring.queue("to");
            var template = spring.template();
            template.setChannelTransacted(true);
            var transaction =
                    new TransactionTemplate(new RabbitTransactionManager(spring.connections()));
            spring.template().convertAndSend(from.getName(), "once");

            assertThatThrownBy(
                            () ->
                                    transaction.executeWithoutResult(
                                            _ -> {
                                                move(template, from.getName(), to.getName());
                                                throw new IllegalStateException("changed my mind");
                                            }))
                    .hasMessage("changed my mind");
            assertThat(spring.ready(to)).isZero();
            transaction.executeWithoutResult(_ -> move(template, from.getName(), to.getName()));

            assertThat(spring.template().receiveAndConvert(to.getName())).isEqualTo("once");
            assertThat(spring.ready(from)).isZero();
            spring.admin().deleteQueue(from.getName());
            spring.admin().deleteQueue(to.getName());
        }
    }

    @Test
    void whatIsNotThereIsNullOrAnException(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("empty");
            var template = spring.template();

            template.setReceiveTimeout(0);
            assertThat(template.receive(queue.getName())).isNull();
            template.setReceiveTimeout(Duration.ofMillis(100).toMillis());
            assertThat(template.receive(queue.getName())).isNull();
            assertThatThrownBy(() -> template.receive(spring.name("none")))
                    .isInstanceOf(AmqpException.class);
            assertThat(template.receive(queue.getName())).isNull();
            spring.admin().deleteQueue(queue.getName());
        }
    }

    private static Message received(Spring spring, String queue) {
        var received = spring.template().receive(queue);
        if (received == null) {
            throw new AssertionError("nothing came to " + queue);
        }
        return received;
    }

    private static void move(RabbitTemplate template, String from, String to) {
        var taken = template.receiveAndConvert(from);
        assertThat(taken).isEqualTo("once");
        template.convertAndSend(to, "once");
    }

    /// A listener as applications write them: an object with a method.
    public static final class Shouting {
        public String handleMessage(String text) {
            return text.toUpperCase(Locale.ROOT) + "!";
        }
    }
}
