package io.sluice.dialect.amqp.codec;

/// Messages on their way into the broker, and those that found no queue. Members of [BasicMethod].
public interface BasicPublishing {
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
}
