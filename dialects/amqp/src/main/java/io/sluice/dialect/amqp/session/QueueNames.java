package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.Queue;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the queues that methods name, and makes names up.
final class QueueNames {
    private static final int RANDOM_BYTES = 16;

    private QueueNames() {}

    /// Calls `use` with the queue of that name, empty meaning the one declared last; fails the channel when there is none or when it is
    /// another connection's own.
    static void find(String name, AmqpChannel channel, Consumer<Queue> use) {
        var expanded = expand(name, channel);
        if (expanded.isEmpty()) {
            return;
        }
        var queue = channel.catalog().queue(channel.vhost(), expanded.get());
        if (queue.isEmpty()) {
            channel.fail(Fault.noQueue(expanded.get(), channel.vhost()));
        } else if (!channel.session().exclusiveQueues().allows(queue.get())) {
            channel.fail(Fault.lockedQueue(expanded.get(), channel.vhost()));
        } else {
            use.accept(queue.get());
        }
    }

    /// The name itself, or that of the queue declared last; fails the channel when it needs one and there is none.
    static Optional<String> expand(String name, AmqpChannel channel) {
        if (!name.isEmpty()) {
            return Optional.of(withoutLineEnds(name));
        }
        if (channel.lastQueue().isEmpty()) {
            channel.fail(Fault.notFound("no previously declared queue"));
            return Optional.empty();
        }
        return Optional.of(channel.lastQueue());
    }

    static String withoutLineEnds(String name) {
        return name.indexOf('\n') < 0 && name.indexOf('\r') < 0
                ? name
                : name.replace("\n", "").replace("\r", "");
    }

    /// A name that nobody has: `amq.gen-` and 22 characters.
    static String random(String prefix, Services services) {
        var bytes = new byte[RANDOM_BYTES];
        services.random().nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// How many parts the queue has: as many as its topic has partitions.
    static int parts(Queue queue, AmqpChannel channel) {
        return channel.catalog().topic(queue.topic()).map(topic -> topic.partitions()).orElse(1);
    }

    /// As texts name it.
    static String described(Queue queue) {
        return Fault.queue(queue.name(), queue.namespace());
    }
}
