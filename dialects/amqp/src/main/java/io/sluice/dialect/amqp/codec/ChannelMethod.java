package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// How a channel begins, is slowed, and ends. Class 20.
public sealed interface ChannelMethod extends Method {
    int CLASS_ID = 20;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable ChannelMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Open.ID -> Open.read(from);
            case OpenOk.ID -> OpenOk.read(from);
            case Flow.ID -> Flow.read(from);
            case FlowOk.ID -> FlowOk.read(from);
            case Close.ID -> Close.read(from);
            case CloseOk.ID -> new CloseOk();
            default -> null;
        };
    }

    /// `channel.open`.
    record Open() implements ChannelMethod {
        static final int ID = 10;

        static Open read(WireReader from) throws MalformedException {
            from.shortUtf8().text();
            return new Open();
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

    /// `channel.open-ok`.
    record OpenOk() implements ChannelMethod {
        static final int ID = 11;

        static OpenOk read(WireReader from) throws MalformedException {
            from.longOctets();
            return new OpenOk();
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.longOctets(Octets.EMPTY);
        }
    }

    /// `channel.flow`.
    record Flow(boolean active) implements ChannelMethod {
        static final int ID = 20;

        static Flow read(WireReader from) throws MalformedException {
            return new Flow(from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.bit(active);
        }
    }

    /// `channel.flow-ok`.
    record FlowOk(boolean active) implements ChannelMethod {
        static final int ID = 21;

        static FlowOk read(WireReader from) throws MalformedException {
            return new FlowOk(from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.bit(active);
        }
    }

    /// `channel.close`.
    ///
    /// @param failedClass,failedMethod ids of the method that led to it; 0: none did
    record Close(int replyCode, String replyText, int failedClass, int failedMethod)
            implements ChannelMethod {
        static final int ID = 40;

        static Close read(WireReader from) throws MalformedException {
            return new Close(from.u16(), from.shortUtf8().text(), from.u16(), from.u16());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(replyCode);
            into.shortText(replyText);
            into.u16(failedClass);
            into.u16(failedMethod);
        }
    }

    /// `channel.close-ok`.
    record CloseOk() implements ChannelMethod {
        static final int ID = 41;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }
}
