package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// Messages: published, delivered, settled. Class 60.
public sealed interface BasicMethod extends Method {
    int CLASS_ID = 60;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable BasicMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Qos.ID -> Qos.read(from);
            case QosOk.ID -> new QosOk();
            case Consume.ID -> Consume.read(from);
            case ConsumeOk.ID -> ConsumeOk.read(from);
            case Cancel.ID -> Cancel.read(from);
            case CancelOk.ID -> CancelOk.read(from);
            case Publish.ID -> Publish.read(from);
            case Return.ID -> Return.read(from);
            case Deliver.ID -> Deliver.read(from);
            case Get.ID -> Get.read(from);
            case GetOk.ID -> GetOk.read(from);
            case GetEmpty.ID -> GetEmpty.read(from);
            case Ack.ID -> Ack.read(from);
            case Reject.ID -> Reject.read(from);
            case RecoverAsync.ID -> RecoverAsync.read(from);
            case Recover.ID -> Recover.read(from);
            case RecoverOk.ID -> new RecoverOk();
            case Nack.ID -> Nack.read(from);
            default -> null;
        };
    }

    /// `basic.qos`.
    record Qos(long prefetchBytes, int prefetchCount, boolean global) implements BasicMethod {
        static final int ID = 10;

        static Qos read(WireReader from) throws MalformedException {
            return new Qos(from.u32(), from.u16(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u32(prefetchBytes);
            into.u16(prefetchCount);
            into.bit(global);
        }
    }

    /// `basic.qos-ok`.
    record QosOk() implements BasicMethod {
        static final int ID = 11;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `basic.consume`.
    record Consume(
            String queue,
            String consumerTag,
            boolean noLocal,
            boolean noAck,
            boolean exclusive,
            boolean noWait,
            Table arguments)
            implements BasicMethod {
        static final int ID = 20;

        static Consume read(WireReader from) throws MalformedException {
            from.u16();
            return new Consume(
                    from.shortUtf8().text(),
                    from.shortUtf8().text(),
                    from.bit(),
                    from.bit(),
                    from.bit(),
                    from.bit(),
                    from.table());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(0);
            into.shortText(queue);
            into.shortText(consumerTag);
            into.bit(noLocal);
            into.bit(noAck);
            into.bit(exclusive);
            into.bit(noWait);
            into.table(arguments);
        }
    }

    /// `basic.consume-ok`.
    record ConsumeOk(String consumerTag) implements BasicMethod {
        static final int ID = 21;

        static ConsumeOk read(WireReader from) throws MalformedException {
            return new ConsumeOk(from.shortUtf8().text());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(consumerTag);
        }
    }

    /// `basic.cancel`.
    record Cancel(String consumerTag, boolean noWait) implements BasicMethod {
        static final int ID = 30;

        static Cancel read(WireReader from) throws MalformedException {
            return new Cancel(from.shortUtf8().text(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(consumerTag);
            into.bit(noWait);
        }
    }

    /// `basic.cancel-ok`.
    record CancelOk(String consumerTag) implements BasicMethod {
        static final int ID = 31;

        static CancelOk read(WireReader from) throws MalformedException {
            return new CancelOk(from.shortUtf8().text());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(consumerTag);
        }
    }

    /// `basic.publish`.
    record Publish(Octets exchange, Octets routingKey, boolean mandatory, boolean immediate)
            implements BasicMethod {
        static final int ID = 40;

        static Publish read(WireReader from) throws MalformedException {
            from.u16();
            return new Publish(from.shortUtf8(), from.shortUtf8(), from.bit(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(0);
            into.shortOctets(exchange);
            into.shortOctets(routingKey);
            into.bit(mandatory);
            into.bit(immediate);
        }
    }

    /// `basic.return`.
    record Return(int replyCode, String replyText, Octets exchange, Octets routingKey)
            implements BasicMethod {
        static final int ID = 50;

        static Return read(WireReader from) throws MalformedException {
            return new Return(
                    from.u16(), from.shortUtf8().text(), from.shortUtf8(), from.shortUtf8());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(replyCode);
            into.shortText(replyText);
            into.shortOctets(exchange);
            into.shortOctets(routingKey);
        }
    }

    /// `basic.deliver`.
    record Deliver(
            String consumerTag,
            long deliveryTag,
            boolean redelivered,
            Octets exchange,
            Octets routingKey)
            implements BasicMethod {
        static final int ID = 60;

        static Deliver read(WireReader from) throws MalformedException {
            return new Deliver(
                    from.shortUtf8().text(),
                    from.i64(),
                    from.bit(),
                    from.shortUtf8(),
                    from.shortUtf8());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(consumerTag);
            into.i64(deliveryTag);
            into.bit(redelivered);
            into.shortOctets(exchange);
            into.shortOctets(routingKey);
        }
    }

    /// `basic.get`.
    record Get(String queue, boolean noAck) implements BasicMethod {
        static final int ID = 70;

        static Get read(WireReader from) throws MalformedException {
            from.u16();
            return new Get(from.shortUtf8().text(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(0);
            into.shortText(queue);
            into.bit(noAck);
        }
    }

    /// `basic.get-ok`.
    record GetOk(
            long deliveryTag,
            boolean redelivered,
            Octets exchange,
            Octets routingKey,
            long messageCount)
            implements BasicMethod {
        static final int ID = 71;

        static GetOk read(WireReader from) throws MalformedException {
            return new GetOk(
                    from.i64(), from.bit(), from.shortUtf8(), from.shortUtf8(), from.u32());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.i64(deliveryTag);
            into.bit(redelivered);
            into.shortOctets(exchange);
            into.shortOctets(routingKey);
            into.u32(messageCount);
        }
    }

    /// `basic.get-empty`.
    record GetEmpty() implements BasicMethod {
        static final int ID = 72;

        static GetEmpty read(WireReader from) throws MalformedException {
            from.shortUtf8().text();
            return new GetEmpty();
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortOctets(Octets.EMPTY);
        }
    }

    /// `basic.ack`.
    record Ack(long deliveryTag, boolean multiple) implements BasicMethod {
        static final int ID = 80;

        static Ack read(WireReader from) throws MalformedException {
            return new Ack(from.i64(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.i64(deliveryTag);
            into.bit(multiple);
        }
    }

    /// `basic.reject`.
    record Reject(long deliveryTag, boolean requeue) implements BasicMethod {
        static final int ID = 90;

        static Reject read(WireReader from) throws MalformedException {
            return new Reject(from.i64(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.i64(deliveryTag);
            into.bit(requeue);
        }
    }

    /// `basic.recover-async`.
    record RecoverAsync(boolean requeue) implements BasicMethod {
        static final int ID = 100;

        static RecoverAsync read(WireReader from) throws MalformedException {
            return new RecoverAsync(from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.bit(requeue);
        }
    }

    /// `basic.recover`.
    record Recover(boolean requeue) implements BasicMethod {
        static final int ID = 110;

        static Recover read(WireReader from) throws MalformedException {
            return new Recover(from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.bit(requeue);
        }
    }

    /// `basic.recover-ok`.
    record RecoverOk() implements BasicMethod {
        static final int ID = 111;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `basic.nack`.
    record Nack(long deliveryTag, boolean multiple, boolean requeue) implements BasicMethod {
        static final int ID = 120;

        static Nack read(WireReader from) throws MalformedException {
            return new Nack(from.i64(), from.bit(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.i64(deliveryTag);
            into.bit(multiple);
            into.bit(requeue);
        }
    }
}
