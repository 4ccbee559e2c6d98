package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// RabbitMQ's publisher confirms. Class 85.
public sealed interface ConfirmMethod extends Method {
    int CLASS_ID = 85;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable ConfirmMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Select.ID -> Select.read(from);
            case SelectOk.ID -> new SelectOk();
            default -> null;
        };
    }

    /// `confirm.select`.
    record Select(boolean noWait) implements ConfirmMethod {
        static final int ID = 10;

        static Select read(WireReader from) throws MalformedException {
            return new Select(from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.bit(noWait);
        }
    }

    /// `confirm.select-ok`.
    record SelectOk() implements ConfirmMethod {
        static final int ID = 11;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }
}
