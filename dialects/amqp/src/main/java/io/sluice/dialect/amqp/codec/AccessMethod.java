package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// Access tickets of AMQP 0-8, which some clients still ask for before they do anything else. Class 30.
public sealed interface AccessMethod extends Method {
    int CLASS_ID = 30;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable AccessMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Request.ID ->
                    new Request(
                            from.shortUtf8(),
                            from.bit(),
                            from.bit(),
                            from.bit(),
                            from.bit(),
                            from.bit());
            case RequestOk.ID -> new RequestOk(from.u16());
            default -> null;
        };
    }

    /// `access.request`.
    record Request(
            Octets realm,
            boolean exclusive,
            boolean passive,
            boolean active,
            boolean write,
            boolean read)
            implements AccessMethod {
        static final int ID = 10;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortOctets(realm);
            into.bit(exclusive);
            into.bit(passive);
            into.bit(active);
            into.bit(write);
            into.bit(read);
        }
    }

    /// `access.request-ok`.
    record RequestOk(int ticket) implements AccessMethod {
        static final int ID = 11;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(ticket);
        }
    }
}
