package io.sluice.conformance.amqp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Conformance;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

@Conformance
class RecoveryTest {
    @Test
    void anApplicationGoesOnWhenTheBrokerIsKilledAndComesBack(
            AmqpAddress address, BrokerProcess broker) {
        try (var spring = Spring.withConfirms(address, ConfirmType.CORRELATED)) {
            var simple = spring.queue("simple");
            var direct = spring.queue("direct");
            var received = ConcurrentHashMap.<String>newKeySet();
            listen(spring, new SimpleMessageListenerContainer(), simple, received);
            listen(spring, new DirectMessageListenerContainer(), direct, received);

            for (var round = 0; round < 2; round++) {
                for (var queue : new String[] {simple.getName(), direct.getName()}) {
                    for (var number = 0; number < 50; number++) {
                        var text = queue + " " + round + " " + number;
                        sendUntilConfirmed(spring, queue, text);
                    }
                }
                broker.killAndRestart();
            }

            Until.holds("everything that was confirmed has come", () -> received.size() == 200);
            Until.holds(
                    "nothing is left",
                    () -> spring.ready(simple) == 0 && spring.ready(direct) == 0);
        }
    }

    private static void listen(
            Spring spring,
            AbstractMessageListenerContainer container,
            Queue queue,
            Set<String> received) {
        container.setMissingQueuesFatal(false);
        container.setMessageListener(
                (MessageListener)
                        message ->
                                received.add(
                                        new String(message.getBody(), StandardCharsets.UTF_8)));
        var listening = spring.listening(container, queue);
        assertThat(listening.isRunning()).isTrue();
    }

    private static void sendUntilConfirmed(Spring spring, String queue, String text) {
        Until.holds(
                text + " is confirmed",
                () -> {
                    var correlation = new CorrelationData(text);
                    try {
                        spring.template().convertAndSend("", queue, (Object) text, correlation);
                    } catch (AmqpException notConnected) {
                        return false;
                    }
                    return correlation.getFuture().get(5, TimeUnit.SECONDS).ack();
                });
    }
}
