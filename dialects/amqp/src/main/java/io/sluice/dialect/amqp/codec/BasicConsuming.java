package io.sluice.dialect.amqp.codec;

/// How messages of a queue come to a channel by themselves: `basic.consume` and what bounds it. Members of [BasicMethod].
public interface BasicConsuming {
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
}
