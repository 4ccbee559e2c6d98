package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.record.RecordBatch;
import io.sluice.dialect.amqp.codec.BasicMethod;
import java.util.Optional;

/// `basic.get`: one message, if there is one.
final class BasicGet {
    private final AmqpChannel channel;
    private final DeliveryWriter writer;

    BasicGet(AmqpChannel channel) {
        this.channel = channel;
        this.writer = new DeliveryWriter(channel.session(), channel.number());
    }

    void handle(String name, boolean noAck) {
        QueueNames.find(
                name,
                channel,
                queue -> {
                    if (QueueType.of(queue) == QueueType.STREAM) {
                        channel.fail(
                                Fault.notImplemented(
                                        "basic.get not supported by stream queues "
                                                + QueueNames.described(queue)));
                    } else {
                        channel.afterOwnWork(() -> get(queue, 0, noAck));
                    }
                });
    }

    private void get(Queue queue, int index, boolean noAck) {
        var part = queue.part(index);
        channel.touch(part);
        channel.<Optional<Got>>ask(
                reply ->
                        channel.services()
                                .broker()
                                .queues()
                                .get(part, channel.owner(), noAck, reply),
                got -> {
                    if (got.isPresent()) {
                        answer(queue, got.get(), noAck);
                    } else if (index + 1 < QueueNames.parts(queue, channel)) {
                        get(queue, index + 1, noAck);
                    } else {
                        channel.send(new BasicMethod.GetEmpty());
                    }
                },
                error ->
                        channel.fail(
                                BrokerFaults.of(
                                        error, Fault.queue(queue.name(), channel.vhost()))));
    }

    private void answer(Queue queue, Got got, boolean noAck) {
        Delivery delivery = got.delivery();
        var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
        boolean found = records.next();
        assert found : "a delivery has a record";
        long tag = channel.nextTag();
        boolean quorum = QueueType.of(queue) == QueueType.QUORUM;
        writer.answerGet(
                records,
                tag,
                delivery.redelivered(),
                got.readyLeft(),
                quorum
                        ? new DeliveryWriter.Extra.DeliveryCount(delivery.returned())
                        : DeliveryWriter.Extra.NONE);
        channel.counts().delivered++;
        if (!noAck) {
            channel.unsettled()
                    .add(tag, new Source.OfQueue(delivery.part(), null), delivery.firstOffset());
        }
    }
}
