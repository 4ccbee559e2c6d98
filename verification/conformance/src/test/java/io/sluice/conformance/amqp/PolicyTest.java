package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Settings of queues and exchanges that come from outside of their declaration, and may change.
@Conformance
class PolicyTest {
    @Test
    void aPolicyLimitsAQueueThatIsThereAlready(AmqpClients clients) throws Exception {
        var queue = clients.queue("limited");
        clients.publish(queue, "a", "b", "c");
        try (var management = new Management(clients.address())) {
            management.policy(queue, queue, "queues", 0, "{\"max-length\":2}");

            Until.holds(
                    "the oldest has made room",
                    () -> {
                        clients.publish(queue, "more");
                        return clients.ready(queue) == 2;
                    });

            management.removePolicy(queue);
            Until.holds(
                    "there is no limit any more",
                    () -> {
                        clients.publish(queue, "more");
                        return clients.ready(queue) > 2;
                    });
        }
    }

    @Test
    void aPolicySendsDeadLetters(AmqpClients clients) throws Exception {
        var letters = clients.queue("letters");
        var queue = clients.queue("source");
        try (var management = new Management(clients.address())) {
            management.policy(
                    queue,
                    queue,
                    "queues",
                    0,
                    "{\"dead-letter-exchange\":\"\",\"dead-letter-routing-key\":\""
                            + letters
                            + "\",\"message-ttl\":20}");

            Until.holds(
                    "a message has expired to there",
                    () -> {
                        clients.publish(queue, "a");
                        return clients.ready(letters) > 0;
                    });
            management.removePolicy(queue);
        }
    }

    @Test
    void theShorterOfPolicyAndArgumentWins(AmqpClients clients) throws Exception {
        var queue = clients.queue("limited", Map.of("x-max-length", 1));
        try (var management = new Management(clients.address())) {
            management.policy(queue, queue, "queues", 0, "{\"max-length\":5}");

            clients.publish(queue, "a", "b", "c");

            assertThat(clients.ready(queue)).isEqualTo(1);
            management.removePolicy(queue);
        }
    }

    @Test
    void thePolicyOfTheHighestPriorityHoldsAlone(AmqpClients clients) throws Exception {
        var queue = clients.queue("limited");
        try (var management = new Management(clients.address())) {
            management.policy(queue + "-low", queue, "queues", 1, "{\"max-length\":1}");
            management.policy(queue + "-high", queue, "queues", 2, "{\"max-length\":3}");

            Until.holds(
                    "three are kept",
                    () -> {
                        clients.publish(queue, "a", "b", "c", "d");
                        return clients.ready(queue) == 3;
                    });
            management.removePolicy(queue + "-low");
            management.removePolicy(queue + "-high");
        }
    }

    @Test
    void aPolicyGivesAnExchangeItsAlternate(AmqpClients clients) throws Exception {
        var alternate = clients.exchange(BuiltinExchangeType.FANOUT);
        var unrouted = clients.boundQueue(alternate, "");
        var exchange = clients.exchange(BuiltinExchangeType.DIRECT);
        try (var management = new Management(clients.address())) {
            management.policy(
                    exchange,
                    exchange,
                    "exchanges",
                    0,
                    "{\"alternate-exchange\":\"" + alternate + "\"}");

            Until.holds(
                    "the alternate is used",
                    () -> {
                        clients.publish(exchange, "nobody", new AMQP.BasicProperties(), "a");
                        return clients.ready(unrouted) > 0;
                    });
            management.removePolicy(exchange);
        }
    }
}
