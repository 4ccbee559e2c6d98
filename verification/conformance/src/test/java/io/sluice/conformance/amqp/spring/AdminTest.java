package io.sluice.conformance.amqp.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.core.AnonymousQueue;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.ExchangeBuilder;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.core.HeadersExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.QueueBuilder.LeaderLocator;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.context.support.GenericApplicationContext;

@Conformance
class AdminTest {
    @Test
    void whatAnApplicationDeclaresIsThereOnceItConnects(AmqpAddress broker) {
        try (var spring = Spring.to(broker);
                var context = new GenericApplicationContext()) {
            var queue = QueueBuilder.durable(spring.name("declared")).build();
            var front = new TopicExchange(spring.name("front"));
            var back = new FanoutExchange(spring.name("back"));
            context.registerBean(
                    Declarables.class,
                    () ->
                            new Declarables(
                                    queue,
                                    front,
                                    back,
                                    BindingBuilder.bind(back).to(front).with("order.*"),
                                    BindingBuilder.bind(queue).to(back)));
            spring.admin().setApplicationContext(context);
            context.refresh();
            spring.admin().initialize();

            spring.template().convertAndSend(front.getName(), "order.created", "order 7");

            assertThat(spring.template().receiveAndConvert(queue.getName())).isEqualTo("order 7");
            spring.admin().initialize();
            spring.admin().deleteQueue(queue.getName());
            assertThat(spring.admin().deleteExchange(front.getName())).isTrue();
            assertThat(spring.admin().deleteExchange(back.getName())).isTrue();
        }
    }

    @Test
    void aQueueIsDescribedPurgedAndDeleted(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("counted");
            for (var i = 0; i < 3; i++) {
                spring.template().convertAndSend(queue.getName(), "m");
            }

            // Templates use channels of their own.
            Until.holds("all are there", () -> spring.ready(queue) == 3);
            assertThat(spring.admin().getQueueProperties(queue.getName()))
                    .containsEntry("QUEUE_NAME", queue.getName())
                    .containsEntry("QUEUE_MESSAGE_COUNT", 3L)
                    .containsEntry("QUEUE_CONSUMER_COUNT", 0);
            assertThatThrownBy(() -> spring.admin().deleteQueue(queue.getName(), false, true))
                    .isInstanceOf(AmqpIOException.class);
            assertThat(spring.admin().purgeQueue(queue.getName())).isEqualTo(3);
            assertThat(spring.admin().deleteQueue(queue.getName())).isTrue();
            assertThat(spring.admin().getQueueInfo(queue.getName())).isNull();
        }
    }

    @Test
    void everyKindOfQueueThatItsBuilderKnowsIsDeclaredTwice(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            for (var queue :
                    new Queue[] {
                        QueueBuilder.durable(spring.name("many"))
                                .ttl(60_000)
                                .expires(600_000)
                                .maxLength(1_000L)
                                .maxLengthBytes(1_000_000)
                                .maxPriority(10)
                                .lazy()
                                .overflow(QueueBuilder.Overflow.dropHead)
                                .deadLetterExchange("amq.fanout")
                                .deadLetterRoutingKey("dead")
                                .singleActiveConsumer()
                                .build(),
                        QueueBuilder.durable(spring.name("quorum"))
                                .quorum()
                                .deliveryLimit(5)
                                .leaderLocator(LeaderLocator.clientLocal)
                                .build(),
                        QueueBuilder.durable(spring.name("stream")).stream().build(),
                        QueueBuilder.nonDurable(spring.name("mine")).exclusive().build(),
                        QueueBuilder.nonDurable(spring.name("brief")).autoDelete().build(),
                        new AnonymousQueue()
                    }) {
                var name = spring.admin().declareQueue(queue);
                assertThat(spring.admin().declareQueue(queue)).isEqualTo(name);
                assertThat(spring.ready(queue)).isZero();
                assertThat(spring.admin().deleteQueue(queue.getName())).isTrue();
            }
        }
    }

    @Test
    void anotherKindOfTheSameQueueIsRefused(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("firm");

            assertThatThrownBy(
                            () ->
                                    spring.admin()
                                            .declareQueue(
                                                    QueueBuilder.durable(queue.getName())
                                                            .ttl(1_000)
                                                            .build()))
                    .rootCause()
                    .hasMessageContaining(
                            "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue '"
                                    + queue.getName()
                                    + "' in vhost '/': received the value '1000' of type 'signedint' but current is none");
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void headersExchangesAndAlternatesRoute(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var lost = new FanoutExchange(spring.name("lost"));
            var exchange =
                    ExchangeBuilder.headersExchange(spring.name("headers"))
                            .alternate(lost.getName())
                            .<HeadersExchange>build();
            var all = spring.queue("all");
            var any = spring.queue("any");
            var rest = spring.queue("rest");
            spring.admin().declareExchange(lost);
            spring.admin().declareExchange(exchange);
            var wanted = Map.<String, Object>of("colour", "blue", "size", 3);
            spring.admin()
                    .declareBinding(BindingBuilder.bind(all).to(exchange).whereAll(wanted).match());
            spring.admin()
                    .declareBinding(BindingBuilder.bind(any).to(exchange).whereAny(wanted).match());
            spring.admin().declareBinding(BindingBuilder.bind(rest).to(lost));

            for (var size : new int[] {3, 4}) {
                send(spring, exchange.getName(), Map.of("colour", "blue", "size", size));
            }
            send(spring, exchange.getName(), Map.of("colour", "red", "size", 9));

            Until.holds("the last is there", () -> spring.ready(rest) == 1);
            assertThat(spring.ready(any)).isEqualTo(2);
            assertThat(spring.ready(all)).isEqualTo(1);
            for (var queue : new Queue[] {all, any, rest}) {
                spring.admin().deleteQueue(queue.getName());
            }
            spring.admin().deleteExchange(exchange.getName());
            spring.admin().deleteExchange(lost.getName());
        }
    }

    @Test
    void aDelayedExchangeHoldsMessagesBack(AmqpAddress broker) {
        Promises.ofSluiceOnly("RabbitMQ needs a plugin for it that Debian does not have");
        try (var spring = Spring.to(broker)) {
            var exchange =
                    ExchangeBuilder.directExchange(spring.name("delayed"))
                            .delayed()
                            .<DirectExchange>build();
            var queue = spring.queue("delayed");
            spring.admin().declareExchange(exchange);
            spring.admin().declareBinding(BindingBuilder.bind(queue).to(exchange).with("key"));

            send(spring, exchange.getName(), "later", Duration.ofSeconds(4));
            send(spring, exchange.getName(), "soon", Duration.ofSeconds(2));
            send(spring, exchange.getName(), "now", Duration.ZERO);

            assertThat(spring.template().receiveAndConvert(queue.getName())).isEqualTo("now");
            assertThat(spring.template().receiveAndConvert(queue.getName())).isEqualTo("soon");
            assertThat(spring.template().receiveAndConvert(queue.getName())).isEqualTo("later");
            spring.admin().deleteQueue(queue.getName());
            spring.admin().deleteExchange(exchange.getName());
        }
    }

    private static void send(Spring spring, String exchange, Map<String, Object> headers) {
        spring.template()
                .convertAndSend(
                        exchange,
                        "",
                        "m",
                        message -> {
                            message.getMessageProperties().setHeaders(headers);
                            return message;
                        });
    }

    private static void send(Spring spring, String exchange, String text, Duration delay) {
        spring.template()
                .convertAndSend(
                        exchange,
                        "key",
                        text,
                        message -> {
                            message.getMessageProperties().setDelayLong(delay.toMillis());
                            return message;
                        });
    }
}
