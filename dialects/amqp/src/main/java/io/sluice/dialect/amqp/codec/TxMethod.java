package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// Transactions of one channel. Class 90.
public sealed interface TxMethod extends Method {
    int CLASS_ID = 90;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable TxMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Select.ID -> new Select();
            case SelectOk.ID -> new SelectOk();
            case Commit.ID -> new Commit();
            case CommitOk.ID -> new CommitOk();
            case Rollback.ID -> new Rollback();
            case RollbackOk.ID -> new RollbackOk();
            default -> null;
        };
    }

    /// `tx.select`.
    record Select() implements TxMethod {
        static final int ID = 10;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `tx.select-ok`.
    record SelectOk() implements TxMethod {
        static final int ID = 11;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `tx.commit`.
    record Commit() implements TxMethod {
        static final int ID = 20;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `tx.commit-ok`.
    record CommitOk() implements TxMethod {
        static final int ID = 21;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `tx.rollback`.
    record Rollback() implements TxMethod {
        static final int ID = 30;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `tx.rollback-ok`.
    record RollbackOk() implements TxMethod {
        static final int ID = 31;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }
}
