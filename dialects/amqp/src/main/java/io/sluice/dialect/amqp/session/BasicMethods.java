package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.BasicMethod;

/// Routes the methods of class basic, but for `basic.publish`, which comes with its content.
final class BasicMethods {
    private final AmqpChannel channel;
    private final BasicConsume consume;
    private final BasicGet get;
    private final BasicSettle settle;

    BasicMethods(AmqpChannel channel) {
        this.channel = channel;
        this.consume = new BasicConsume(channel);
        this.get = new BasicGet(channel);
        this.settle = new BasicSettle(channel);
    }

    void handle(BasicMethod method) {
        switch (method) {
            case BasicMethod.Ack ack -> settle.ack(ack.deliveryTag(), ack.multiple());
            case BasicMethod.Nack nack ->
                    settle.reject(nack.deliveryTag(), nack.multiple(), nack.requeue());
            case BasicMethod.Reject reject ->
                    settle.reject(reject.deliveryTag(), false, reject.requeue());
            case BasicMethod.Recover(boolean requeue) -> {
                if (settle.recover(requeue)) {
                    channel.send(new BasicMethod.RecoverOk());
                }
            }
            case BasicMethod.RecoverAsync(boolean requeue) -> settle.recover(requeue);
            case BasicMethod.Get(String queue, boolean noAck) -> get.handle(queue, noAck);
            case BasicMethod.Consume wish -> consume.consume(wish);
            case BasicMethod.Cancel(String tag, boolean noWait) -> consume.cancel(tag, noWait);
            case BasicMethod.Qos qos -> qos(qos);
            case BasicMethod.Publish _,
                    BasicMethod.QosOk _,
                    BasicMethod.ConsumeOk _,
                    BasicMethod.CancelOk _,
                    BasicMethod.Return _,
                    BasicMethod.Deliver _,
                    BasicMethod.GetOk _,
                    BasicMethod.GetEmpty _,
                    BasicMethod.RecoverOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }

    /// As RabbitMQ means it: for each new consumer, or with `global` for the channel as a whole.
    private void qos(BasicMethod.Qos qos) {
        if (qos.prefetchBytes() != 0) {
            channel.fail(Fault.notImplemented("prefetch_size!=0 (" + qos.prefetchBytes() + ")"));
            return;
        }
        if (qos.global()) {
            channel.consumers().prefetchGlobal(qos.prefetchCount());
        } else {
            channel.consumers().prefetch(qos.prefetchCount());
        }
        channel.send(new BasicMethod.QosOk());
    }
}
