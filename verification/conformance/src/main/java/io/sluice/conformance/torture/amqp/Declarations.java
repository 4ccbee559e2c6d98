package io.sluice.conformance.torture.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Which queues the broker has acknowledged as declared and as deleted. What was not answered is neither.
final class Declarations {
    private final Map<String, Boolean> told = new ConcurrentHashMap<>();
    private final AtomicLong answers = new AtomicLong();

    /// A change of `queue` is about to be asked for.
    void becomesUncertain(String queue) {
        told.remove(queue);
    }

    /// The change was answered.
    void becomes(String queue, boolean existing) {
        told.put(queue, existing);
        answers.incrementAndGet();
    }

    List<String> existing() {
        return told.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    }

    long answers() {
        return answers.get();
    }

    /// @throws Violation if something is not as it was told
    void verify(Connection connection) throws IOException, TimeoutException {
        for (var one : Map.copyOf(told).entrySet()) {
            if (exists(connection, one.getKey()) != one.getValue()) {
                throw new Violation(
                        Invariant.QUEUES_ARE_AS_TOLD,
                        one.getKey() + (one.getValue() ? " was declared" : " was deleted"));
            }
        }
        // Once is enough: names are not used again.
        told.values().removeIf(existing -> !existing);
    }

    private static boolean exists(Connection connection, String queue)
            throws IOException, TimeoutException {
        var channel = connection.createChannel();
        try {
            var _ = channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException refused) {
            if (isRefusal(refused)) {
                return false;
            }
            throw refused;
        }
    }

    private static boolean isRefusal(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == 404;
    }
}
