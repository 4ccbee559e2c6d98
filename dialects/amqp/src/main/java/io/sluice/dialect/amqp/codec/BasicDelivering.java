package io.sluice.dialect.amqp.codec;

/// Messages on their way to a client: sent by themselves, or fetched. Members of [BasicMethod].
public interface BasicDelivering {
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
}
