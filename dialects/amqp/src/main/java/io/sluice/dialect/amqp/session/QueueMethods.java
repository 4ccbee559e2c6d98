package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.amqp.codec.QueueMethod;

/// Queues: declared, bound, purged, deleted.
final class QueueMethods {
    private final AmqpChannel channel;
    private final QueueDeclare declare;
    private final Bindings bindings;

    QueueMethods(AmqpChannel channel) {
        this.channel = channel;
        this.declare = new QueueDeclare(channel);
        this.bindings = new Bindings(channel);
    }

    void handle(QueueMethod method) {
        switch (method) {
            case QueueMethod.Declare declaration -> declare.handle(declaration);
            case QueueMethod.Bind bind -> bind(bind);
            case QueueMethod.Unbind unbind -> unbind(unbind);
            case QueueMethod.Purge(String queue, boolean noWait) -> purge(queue, noWait);
            case QueueMethod.Delete delete -> delete(delete);
            case QueueMethod.DeclareOk _,
                    QueueMethod.BindOk _,
                    QueueMethod.UnbindOk _,
                    QueueMethod.PurgeOk _,
                    QueueMethod.DeleteOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }

    /// No name of a queue means the one declared last; then no routing key means its name.
    private void bind(QueueMethod.Bind bind) {
        var name = QueueNames.expand(bind.queue(), channel);
        if (name.isPresent()) {
            bindings.add(
                    new Bindings.Ends(bind.exchange(), name.get(), true),
                    keyOf(bind.queue(), bind.routingKey(), name.get()),
                    bind.arguments(),
                    () -> {
                        if (!bind.noWait()) {
                            channel.send(new QueueMethod.BindOk());
                        }
                    });
        }
    }

    private void unbind(QueueMethod.Unbind unbind) {
        var name = QueueNames.expand(unbind.queue(), channel);
        if (name.isPresent()) {
            bindings.remove(
                    new Bindings.Ends(unbind.exchange(), name.get(), true),
                    keyOf(unbind.queue(), unbind.routingKey(), name.get()),
                    unbind.arguments(),
                    () -> channel.send(new QueueMethod.UnbindOk()));
        }
    }

    private static String keyOf(String givenQueue, String givenKey, String queue) {
        return givenQueue.isEmpty() && givenKey.isEmpty() ? queue : givenKey;
    }

    private void purge(String name, boolean noWait) {
        QueueNames.find(
                name,
                channel,
                queue -> {
                    if (QueueType.of(queue) == QueueType.STREAM) {
                        channel.fail(
                                Fault.notImplemented(
                                        "queue.purge not supported by stream queues "
                                                + QueueNames.described(queue)));
                    } else {
                        channel.afterOwnWork(() -> purge(queue, 0, 0, noWait));
                    }
                });
    }

    private void purge(Queue queue, int index, long soFar, boolean noWait) {
        if (index == QueueNames.parts(queue, channel)) {
            if (!noWait) {
                channel.send(new QueueMethod.PurgeOk(soFar));
            }
            return;
        }
        channel.<Long>ask(
                reply -> channel.services().broker().queues().purge(queue.part(index), reply),
                purged -> purge(queue, index + 1, soFar + purged, noWait),
                error -> channel.fail(BrokerFaults.of(error, QueueNames.described(queue))));
    }

    /// Deleting what is not there is no mistake.
    private void delete(QueueMethod.Delete method) {
        var name = QueueNames.expand(method.queue(), channel);
        if (name.isEmpty()) {
            return;
        }
        var queue = channel.catalog().queue(channel.vhost(), name.get());
        if (queue.isEmpty()) {
            deleted(0, method.noWait());
        } else if (!channel.session().exclusiveQueues().allows(queue.get())) {
            channel.fail(Fault.lockedQueue(name.get(), channel.vhost()));
        } else {
            channel.afterOwnWork(() -> delete(queue.get(), method));
        }
    }

    private void delete(Queue queue, QueueMethod.Delete method) {
        channel.<Long>ask(
                reply ->
                        channel.services()
                                .broker()
                                .queues()
                                .delete(queue.id(), method.ifUnused(), method.ifEmpty(), reply),
                ready -> {
                    channel.session().exclusiveQueues().remove(queue.id());
                    deleted(ready, method.noWait());
                },
                error -> {
                    if (error instanceof BrokerError.UnknownQueue) {
                        deleted(0, method.noWait());
                    } else {
                        channel.fail(BrokerFaults.of(error, QueueNames.described(queue)));
                    }
                });
    }

    private void deleted(long ready, boolean noWait) {
        if (!noWait) {
            channel.send(new QueueMethod.DeleteOk(ready));
        }
    }
}
