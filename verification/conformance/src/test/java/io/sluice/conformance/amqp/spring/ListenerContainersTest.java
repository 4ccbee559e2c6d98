package io.sluice.conformance.amqp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.amqp.rabbit.retry.RejectAndDontRequeueRecoverer;
import org.springframework.amqp.rabbit.retry.RepublishMessageRecoverer;

@Conformance
@SuppressWarnings("NullAway") // what the library says may be null is what is asserted here
class ListenerContainersTest {
    static List<Named<Supplier<AbstractMessageListenerContainer>>> containers() {
        return List.of(
                Named.of("simple", SimpleMessageListenerContainer::new),
                Named.of("direct", DirectMessageListenerContainer::new));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void oneConsumerReceivesEverythingInOrder(
            Supplier<AbstractMessageListenerContainer> kind, AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("ordered");
            var received = new ConcurrentLinkedQueue<String>();
            spring.listening(listening(kind.get(), message -> received.add(text(message))), queue);

            IntStream.range(0, 500)
                    .forEach(i -> spring.template().convertAndSend(queue.getName(), "m" + i));

            Until.holds("all have come", () -> received.size() == 500);
            assertThat(received)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(i -> "m" + i).toList());
            Until.holds("all are acknowledged", () -> spring.ready(queue) == 0);
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void manyConsumersShareAQueueAndGiveBackWhatTheyHoldWhenTheyStop(AmqpAddress broker)
            throws InterruptedException {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("shared");
            var begun = new CountDownLatch(3);
            var end = new CountDownLatch(1);
            var done = new ConcurrentLinkedQueue<String>();
            var container =
                    listening(
                            new SimpleMessageListenerContainer(),
                            message -> {
                                begun.countDown();
                                uninterrupted(end);
                                done.add(text(message));
                            });
            container.setConcurrentConsumers(3);
            container.setPrefetchCount(10);
            IntStream.range(0, 60)
                    .forEach(i -> spring.template().convertAndSend(queue.getName(), "m" + i));
            spring.listening(container, queue);

            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            Until.holds("each has fetched ahead", () -> spring.ready(queue) == 30);
            end.countDown();
            container.stop();

            Until.holds(
                    "what was not done is there again",
                    () -> spring.ready(queue) + done.size() == 60);
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aListenerThatFailsSeesTheMessageAgain(
            Supplier<AbstractMessageListenerContainer> kind, AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("failing");
            var seen = new ConcurrentLinkedQueue<Boolean>();
            spring.listening(
                    listening(
                            kind.get(),
                            message -> {
                                seen.add(message.getMessageProperties().isRedelivered());
                                if (seen.size() < 3) {
                                    throw new IllegalStateException("not yet");
                                }
                            }),
                    queue);

            spring.template().convertAndSend(queue.getName(), "again and again");

            Until.holds("it was tried three times", () -> seen.size() == 3);
            assertThat(seen).containsExactly(false, true, true);
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void whatAListenerRejectsIsADeadLetter(
            Supplier<AbstractMessageListenerContainer> kind, AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var morgue = spring.queue("morgue");
            var queue = mortal(spring, morgue.getName());
            spring.listening(
                    listening(
                            kind.get(),
                            _ -> {
                                throw new AmqpRejectAndDontRequeueException("never");
                            }),
                    queue);

            spring.template().convertAndSend(queue.getName(), "poison");

            assertIsDead(spring.template().receive(morgue.getName()), queue.getName());
            spring.admin().deleteQueue(queue.getName());
            spring.admin().deleteQueue(morgue.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void whatWasTriedOftenEnoughIsADeadLetter(
            Supplier<AbstractMessageListenerContainer> kind, AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var morgue = spring.queue("morgue");
            var queue = mortal(spring, morgue.getName());
            var tries = new ConcurrentLinkedQueue<String>();
            var container =
                    listening(
                            kind.get(),
                            message -> {
                                tries.add(text(message));
                                throw new IllegalStateException("no");
                            });
            container.setAdviceChain(
                    RetryInterceptorBuilder.stateless()
                            .maxRetries(2)
                            .backOffOptions(10, 2, 100)
                            .recoverer(new RejectAndDontRequeueRecoverer())
                            .build());
            spring.listening(container, queue);

            spring.template().convertAndSend(queue.getName(), "poison");

            assertIsDead(spring.template().receive(morgue.getName()), queue.getName());
            assertThat(tries).hasSize(3);
            spring.admin().deleteQueue(queue.getName());
            spring.admin().deleteQueue(morgue.getName());
        }
    }

    @Test
    void whatWasTriedOftenEnoughIsPublishedWithItsReason(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var morgue = spring.queue("morgue");
            var queue = spring.queue("republishing");
            var container =
                    listening(
                            new SimpleMessageListenerContainer(),
                            _ -> {
                                throw new IllegalStateException("no");
                            });
            container.setAdviceChain(
                    RetryInterceptorBuilder.stateless()
                            .maxRetries(1)
                            .backOffOptions(10, 2, 100)
                            .recoverer(
                                    new RepublishMessageRecoverer(
                                            spring.template(), "", morgue.getName()))
                            .build());
            spring.listening(container, queue);

            spring.template().convertAndSend(queue.getName(), "poison");

            var dead = spring.template().receive(morgue.getName());
            assertThat(dead).isNotNull();
            assertThat(dead.getMessageProperties().getHeaders())
                    .containsEntry(
                            RepublishMessageRecoverer.X_ORIGINAL_ROUTING_KEY, queue.getName())
                    .containsEntry(RepublishMessageRecoverer.X_EXCEPTION_MESSAGE, "no");
            spring.admin().deleteQueue(queue.getName());
            spring.admin().deleteQueue(morgue.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aListenerMayAcknowledgeItself(
            Supplier<AbstractMessageListenerContainer> kind, AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("manual");
            var seen = new ConcurrentLinkedQueue<String>();
            var container = kind.get();
            container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
            container.setMessageListener(
                    (ChannelAwareMessageListener)
                            (message, channel) -> {
                                var tag = message.getMessageProperties().getDeliveryTag();
                                seen.add(text(message));
                                if (message.getMessageProperties().isRedelivered()) {
                                    channel.basicAck(tag, false);
                                } else {
                                    channel.basicNack(tag, false, true);
                                }
                            });
            spring.listening(container, queue);

            spring.template().convertAndSend(queue.getName(), "twice");

            Until.holds("it came twice", () -> seen.size() == 2);
            Until.holds("nothing is left", () -> spring.ready(queue) == 0);
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aBatchIsReceivedAtOnce(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.queue("batches");
            IntStream.range(0, 25)
                    .forEach(i -> spring.template().convertAndSend(queue.getName(), "m" + i));
            var sizes = new ConcurrentLinkedQueue<Integer>();
            var container = new SimpleMessageListenerContainer();
            container.setConsumerBatchEnabled(true);
            container.setDeBatchingEnabled(true);
            container.setBatchSize(10);
            container.setReceiveTimeout(200);
            container.setMessageListener(
                    (ChannelAwareBatchMessageListener) (messages, _) -> sizes.add(messages.size()));
            spring.listening(container, queue);

            Until.holds(
                    "all have come", () -> sizes.stream().mapToInt(Integer::intValue).sum() == 25);
            assertThat(sizes).first().isEqualTo(10);
            Until.holds("nothing is left", () -> spring.ready(queue) == 0);
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aQueueThatIsDeletedIsDeclaredAndConsumedAgain(
            Supplier<AbstractMessageListenerContainer> kind, AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue = spring.ofTheContext(spring.queue("reborn"));
            var received = new ConcurrentLinkedQueue<String>();
            var container = listening(kind.get(), message -> received.add(text(message)));
            container.setMissingQueuesFatal(false);
            spring.listening(container, queue);
            spring.template().convertAndSend(queue.getName(), "before");
            Until.holds("the first has come", () -> received.size() == 1);

            // What is deleted through the admin would not be declared again.
            spring.template().execute(channel -> channel.queueDelete(queue.getName()));
            Until.holds(
                    "the second has come",
                    () -> {
                        spring.template().convertAndSend(queue.getName(), "after");
                        return received.contains("after");
                    });
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void theNextConsumerTakesOverFromTheSingleActiveOne(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var queue =
                    spring.declared(
                            QueueBuilder.durable(spring.name("single"))
                                    .singleActiveConsumer()
                                    .build());
            var seen = new ConcurrentLinkedQueue<String>();
            var first = recording("first", seen);
            spring.listening(first, queue);
            spring.listening(recording("second", seen), queue);

            spring.template().convertAndSend(queue.getName(), "1");
            spring.template().convertAndSend(queue.getName(), "2");
            Until.holds("both have come", () -> seen.size() == 2);
            first.stop();
            spring.template().convertAndSend(queue.getName(), "3");
            Until.holds("the third has come", () -> seen.size() == 3);

            assertThat(seen).containsExactly("first 1", "first 2", "second 3");
            spring.admin().deleteQueue(queue.getName());
        }
    }

    @Test
    void aQuorumQueueGivesUpOnWhatFailsTooOften(AmqpAddress broker) {
        try (var spring = Spring.to(broker)) {
            var morgue = spring.queue("morgue");
            var queue =
                    spring.declared(
                            QueueBuilder.durable(spring.name("quorum"))
                                    .quorum()
                                    .deliveryLimit(2)
                                    .deadLetterExchange("")
                                    .deadLetterRoutingKey(morgue.getName())
                                    .build());
            var tries = new ConcurrentLinkedQueue<String>();
            spring.listening(
                    listening(
                            new SimpleMessageListenerContainer(),
                            message -> {
                                tries.add(text(message));
                                throw new IllegalStateException("no");
                            }),
                    queue);

            spring.template().convertAndSend(queue.getName(), "poison");

            var dead = spring.template().receive(morgue.getName());
            assertThat(death(dead)).containsEntry("reason", "delivery_limit");
            assertThat(tries).hasSize(3);
            spring.admin().deleteQueue(queue.getName());
            spring.admin().deleteQueue(morgue.getName());
        }
    }

    private static <C extends AbstractMessageListenerContainer> C listening(
            C container, MessageListener listener) {
        container.setMessageListener(listener);
        return container;
    }

    private static SimpleMessageListenerContainer recording(String who, Queue<String> seen) {
        return listening(
                new SimpleMessageListenerContainer(),
                message -> seen.add(who + " " + text(message)));
    }

    private static org.springframework.amqp.core.Queue mortal(Spring spring, String morgue) {
        return spring.declared(
                QueueBuilder.durable(spring.name("mortal"))
                        .deadLetterExchange("")
                        .deadLetterRoutingKey(morgue)
                        .build());
    }

    private static void assertIsDead(@Nullable Message dead, String queue) {
        assertThat(death(dead))
                .containsEntry("reason", "rejected")
                .containsEntry("queue", queue)
                .containsEntry("count", 1L);
    }

    private static Map<String, Object> death(@Nullable Message dead) {
        if (dead == null) {
            throw new AssertionError("nothing has died");
        }
        assertThat(text(dead)).isEqualTo("poison");
        return new HashMap<>(dead.getMessageProperties().getXDeathHeader().getFirst());
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Message message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }
}
