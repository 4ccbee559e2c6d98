package io.sluice.conformance.amqp;

import com.rabbitmq.client.Channel;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the broker says to each message of a publisher with confirms.
final class Verdicts {
    private final Channel channel;
    private final SortedMap<Long, @Nullable Boolean> byNumber = new TreeMap<>();

    Verdicts(Channel channel) throws IOException {
        this.channel = channel;
        channel.confirmSelect();
        channel.addConfirmListener(
                (number, multiple) -> judge(number, multiple, true),
                (number, multiple) -> judge(number, multiple, false));
    }

    void publish(String exchange, String key, String... bodies) throws IOException {
        for (var body : bodies) {
            synchronized (byNumber) {
                byNumber.put(channel.getNextPublishSeqNo(), null);
            }
            channel.basicPublish(exchange, key, null, AmqpClients.bytes(body));
        }
    }

    /// For each message in its order whether the broker took it, once it has said so for all of them.
    List<Boolean> all() {
        Until.holds("there is a verdict on every message", () -> !snapshot().contains(null));
        return snapshot();
    }

    private List<Boolean> snapshot() {
        synchronized (byNumber) {
            return new ArrayList<>(byNumber.values());
        }
    }

    private void judge(long number, boolean multiple, boolean taken) {
        synchronized (byNumber) {
            var judged =
                    multiple ? byNumber.headMap(number + 1) : byNumber.subMap(number, number + 1);
            judged.replaceAll((_, before) -> before == null ? taken : before);
        }
    }
}
