package io.sluice.conformance.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What happens to a delivery that its consumer forgot.
@Conformance
class ConsumerTimeoutTest {
    @Test
    void aForgottenDeliveryGoesBackToTheQueueAndTheChannelStays(AmqpClients clients)
            throws Exception {
        Promises.ofSluiceOnly("RabbitMQ closes the channel, half an hour later");
        var queue = clients.queue("forgotten", Map.of("x-consumer-timeout", 100));
        clients.publish(queue, "a");
        var channel = clients.channel();
        var forgetful = Inbox.of(channel, queue);
        assertThat(forgetful.texts(1)).containsExactly("a");

        var again = forgetful.next();

        assertThat(Inbox.text(again)).isEqualTo("a");
        assertThat(again.getEnvelope().isRedeliver()).isTrue();
        assertThat(channel.isOpen()).isTrue();
    }
}
