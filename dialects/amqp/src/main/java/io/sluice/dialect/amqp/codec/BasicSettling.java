package io.sluice.dialect.amqp.codec;

/// What a client says of the messages that it was given. Members of [BasicMethod].
public interface BasicSettling {
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
