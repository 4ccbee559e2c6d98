package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.DefaultQueueType;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.QueueMethod;
import io.sluice.dialect.amqp.codec.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `queue.declare`: finds the queue, or makes it.
final class QueueDeclare {
    /// A topic that the queue subscribes to, in place of one of its own.
    private static final String TOPIC = "x-sluice-topic";

    private static final String RESERVED = "amq.";

    private final AmqpChannel channel;
    private final QueueCounting counting;

    QueueDeclare(AmqpChannel channel) {
        this.channel = channel;
        this.counting = new QueueCounting(channel);
    }

    void handle(QueueMethod.Declare method) {
        var name = QueueNames.withoutLineEnds(method.queue());
        if (name.startsWith(ReplyAddresses.QUEUE)) {
            declareReplies(name, method.noWait());
        } else if (method.passive()) {
            find(name, method);
        } else {
            declare(name, withDefaultType(method));
        }
    }

    /// What the virtual host adds to a declaration without a type.
    private QueueMethod.Declare withDefaultType(QueueMethod.Declare method) {
        var type =
                DefaultQueueType.of(
                        channel.catalog(),
                        channel.vhost(),
                        method.durable(),
                        method.exclusive(),
                        method.autoDelete());
        if (type.isEmpty() || method.arguments().field(QueueArguments.TYPE).isPresent()) {
            return method;
        }
        return method.with(
                method.arguments().and(QueueArguments.TYPE, new Value.Text(Octets.of(type.get()))));
    }

    /// A queue that is none. An address of one is there while somebody waits at it.
    private void declareReplies(String name, boolean noWait) {
        if (name.equals(ReplyAddresses.QUEUE) || channel.services().replies().has(name)) {
            answer(name, 0, 1, noWait);
        } else {
            channel.fail(Fault.noQueue(name, channel.vhost()));
        }
    }

    private void find(String name, QueueMethod.Declare method) {
        QueueNames.find(name, channel, queue -> answerCounted(queue, method.noWait()));
    }

    private void declare(String name, QueueMethod.Declare method) {
        if (name.startsWith(RESERVED)) {
            channel.fail(Fault.reservedName("queue", name));
            return;
        }
        var actual = name.isEmpty() ? QueueNames.random("amq.gen-", channel.services()) : name;
        var described = Fault.queue(actual, channel.vhost());
        var fault = QueueArguments.check(method.arguments(), described);
        if (fault != null) {
            channel.fail(fault);
            return;
        }
        var type = QueueArguments.type(method.arguments());
        if (name.isEmpty() && type != QueueType.CLASSIC) {
            channel.fail(
                    Fault.preconditionFailed(
                            "Cannot declare a server-named queue for type rabbit_%s_queue"
                                    .formatted(QueueArguments.word(type))));
            return;
        }
        var existing = channel.catalog().queue(channel.vhost(), actual);
        if (existing.isPresent()) {
            declareAgain(existing.get(), method);
            return;
        }
        fault =
                QueueArguments.checkKind(
                        type, method.durable(), method.exclusive(), method.autoDelete(), described);
        if (fault != null) {
            channel.fail(fault);
            return;
        }
        create(actual, method);
    }

    private void declareAgain(Queue queue, QueueMethod.Declare method) {
        var fault = difference(queue, method);
        if (fault != null) {
            channel.fail(fault);
            return;
        }
        channel.services().broker().queues().used(queue.part(0));
        answerCounted(queue, method.noWait());
    }

    private @Nullable Fault difference(Queue queue, QueueMethod.Declare method) {
        if (queue.exclusive() != method.exclusive()
                || !channel.session().exclusiveQueues().allows(queue)) {
            return Fault.lockedQueue(queue.name(), channel.vhost());
        }
        var described = QueueNames.described(queue);
        var fault = Equivalence.field("durable", queue.durable(), isDurable(method), described);
        if (fault == null) {
            fault =
                    Equivalence.field(
                            "auto_delete", queue.autoDelete(), method.autoDelete(), described);
        }
        if (fault == null) {
            fault =
                    Equivalence.arguments(
                            QueueArguments.fixed(QueueType.of(queue)),
                            withType(queue.arguments()),
                            withType(method.arguments().toJson()),
                            described);
        }
        return fault;
    }

    /// As every queue has a type, whether it was said or not.
    private static Map<String, String> withType(Map<String, String> arguments) {
        var all = new HashMap<>(arguments);
        all.putIfAbsent(QueueArguments.TYPE, "\"classic\"");
        return all;
    }

    /// An exclusive queue goes with its connection, whatever else was said.
    private static boolean isDurable(QueueMethod.Declare method) {
        return method.durable() && !method.exclusive();
    }

    private void create(String name, QueueMethod.Declare method) {
        var topicName = method.arguments().text(TOPIC);
        var topic = topicName.flatMap(channel.catalog()::topic);
        if (topicName.isPresent() && topic.isEmpty()) {
            channel.fail(Fault.notFound("no topic '" + topicName.get() + "'"));
            return;
        }
        var queue =
                new Queue(
                        randomId(),
                        channel.vhost(),
                        name,
                        topic.isPresent() ? topic.get().id() : randomId(),
                        topic.isEmpty(),
                        isDurable(method),
                        method.autoDelete(),
                        method.exclusive(),
                        method.arguments().toJson(),
                        channel.services().clock().millis());
        if (queue.exclusive()) {
            channel.session().exclusiveQueues().add(queue.id());
        }
        channel.<Catalog>ask(
                reply ->
                        channel.services()
                                .broker()
                                .change(new CatalogChange.DeclareQueue(queue), reply),
                _ -> answer(name, 0, 0, method.noWait()),
                error -> notCreated(error, queue, method));
    }

    private void notCreated(BrokerError error, Queue queue, QueueMethod.Declare method) {
        channel.session().exclusiveQueues().remove(queue.id());
        Optional<Queue> existing = channel.catalog().queue(queue.namespace(), queue.name());
        if (error instanceof BrokerError.QueueExists && existing.isPresent()) {
            // Somebody else was faster.
            declareAgain(existing.get(), method);
        } else {
            channel.fail(BrokerFaults.of(error, QueueNames.described(queue)));
        }
    }

    private UUID randomId() {
        var random = channel.services().random();
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void answerCounted(Queue queue, boolean noWait) {
        if (noWait) {
            channel.declared(queue.name());
            return;
        }
        counting.count(
                queue, counts -> answer(queue.name(), counts.ready(), counts.consumers(), false));
    }

    private void answer(String name, long ready, long consumers, boolean noWait) {
        channel.declared(name);
        if (!noWait) {
            channel.send(new QueueMethod.DeclareOk(name, ready, consumers));
        }
    }
}
