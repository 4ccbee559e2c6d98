package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.Value;

/// `basic.consume` and `basic.cancel`.
final class BasicConsume {
    private static final String PRIORITY = "x-priority";

    private final AmqpChannel channel;

    BasicConsume(AmqpChannel channel) {
        this.channel = channel;
    }

    /// What a consumer asked for.
    ///
    /// @param prefetch deliveries it may hold; 0: any number
    record Wish(String tag, boolean noAck, boolean exclusive, int priority, int prefetch) {}

    void consume(BasicMethod.Consume method) {
        if (!method.consumerTag().isEmpty() && channel.consumers().has(method.consumerTag())) {
            channel.fail(
                    Fault.notAllowed(
                            "attempt to reuse consumer tag '" + method.consumerTag() + "'"));
            return;
        }
        var tag =
                method.consumerTag().isEmpty()
                        ? QueueNames.random("amq.ctag-", channel.services())
                        : method.consumerTag();
        if (method.queue().equals(ReplyAddresses.QUEUE)) {
            consumeReplies(method, tag);
            return;
        }
        QueueNames.find(method.queue(), channel, queue -> consume(method, tag, queue));
    }

    private void consume(BasicMethod.Consume method, String tag, Queue queue) {
        var priority = method.arguments().field(PRIORITY);
        if (priority.isPresent() && !(priority.get() instanceof Value.Whole)) {
            channel.fail(
                    Fault.preconditionFailed(
                            "invalid arg '%s' for %s: {unacceptable_type,%s}"
                                    .formatted(
                                            PRIORITY,
                                            QueueNames.described(queue),
                                            ValueNames.type(priority.get()))));
            return;
        }
        var wish =
                new Wish(
                        tag,
                        method.noAck(),
                        method.exclusive(),
                        clamped(method.arguments().whole(PRIORITY).orElse(0L)),
                        channel.consumers().prefetch());
        var type = QueueType.of(queue);
        if (type != QueueType.CLASSIC && channel.consumers().prefetchGlobal() > 0) {
            channel.fail(
                    Fault.notImplemented(
                            QueueNames.described(queue) + " does not support global qos"));
        } else if (wish.exclusive() && channel.catalog().settings(queue).singleActiveConsumer()) {
            channel.fail(Fault.accessRefused(QueueNames.described(queue) + " in exclusive use"));
        } else if (type == QueueType.STREAM) {
            StreamStart.consume(channel, queue, wish, method);
        } else {
            subscribe(new QueueConsumption(channel, queue, wish), queue, method.noWait());
        }
    }

    private static int clamped(long priority) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, priority));
    }

    private void subscribe(QueueConsumption consumption, Queue queue, boolean noWait) {
        channel.afterOwnWork(
                () -> {
                    channel.consumers().add(consumption);
                    consumption.subscribe(
                            () -> {
                                if (!noWait) {
                                    channel.send(new BasicMethod.ConsumeOk(consumption.tag()));
                                }
                                consumption.start();
                            },
                            error -> channel.fail(refusal(error, queue)));
                });
    }

    private Fault refusal(BrokerError error, Queue queue) {
        var described = QueueNames.described(queue);
        return error instanceof BrokerError.InUse
                ? Fault.accessRefused(described + " in exclusive use")
                : BrokerFaults.of(error, described);
    }

    private void consumeReplies(BasicMethod.Consume method, String tag) {
        if (!method.noAck()) {
            channel.fail(Fault.preconditionFailed("reply consumer cannot acknowledge"));
            return;
        }
        if (channel.consumers().replyConsumer() != null) {
            channel.fail(Fault.preconditionFailed("reply consumer already set"));
            return;
        }
        channel.consumers()
                .replyConsumer(new ReplyConsumer(channel, tag, channel.services().replies()));
        if (!method.noWait()) {
            channel.send(new BasicMethod.ConsumeOk(tag));
        }
    }

    void cancel(String tag, boolean noWait) {
        var replies = channel.consumers().replyConsumer();
        if (replies != null && replies.tag().equals(tag)) {
            replies.leave();
            channel.consumers().replyConsumer(null);
            cancelled(tag, noWait);
            return;
        }
        var consumption = channel.consumers().remove(tag);
        if (consumption == null) {
            cancelled(tag, noWait);
            return;
        }
        channel.settlements().flush();
        channel.pause();
        consumption.cancel(() -> channel.resume(() -> cancelled(tag, noWait)));
    }

    private void cancelled(String tag, boolean noWait) {
        if (!noWait) {
            channel.send(new BasicMethod.CancelOk(tag));
        }
    }
}
