package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// Queues, and their bindings to exchanges. Class 50.
public sealed interface QueueMethod extends Method {
    int CLASS_ID = 50;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable QueueMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Declare.ID -> Declare.read(from);
            case DeclareOk.ID -> DeclareOk.read(from);
            case Bind.ID -> Bind.read(from);
            case BindOk.ID -> new BindOk();
            case Purge.ID -> Purge.read(from);
            case PurgeOk.ID -> PurgeOk.read(from);
            case Delete.ID -> Delete.read(from);
            case DeleteOk.ID -> DeleteOk.read(from);
            case Unbind.ID -> Unbind.read(from);
            case UnbindOk.ID -> new UnbindOk();
            default -> null;
        };
    }

    /// `queue.declare`.
    record Declare(
            String queue,
            boolean passive,
            boolean durable,
            boolean exclusive,
            boolean autoDelete,
            boolean noWait,
            Table arguments)
            implements QueueMethod {
        static final int ID = 10;

        /// The same with other arguments.
        public Declare with(Table others) {
            return new Declare(queue, passive, durable, exclusive, autoDelete, noWait, others);
        }

        static Declare read(WireReader from) throws MalformedException {
            from.u16();
            return new Declare(
                    from.shortUtf8().text(),
                    from.bit(),
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
            into.bit(passive);
            into.bit(durable);
            into.bit(exclusive);
            into.bit(autoDelete);
            into.bit(noWait);
            into.table(arguments);
        }
    }

    /// `queue.declare-ok`.
    record DeclareOk(String queue, long messageCount, long consumerCount) implements QueueMethod {
        static final int ID = 11;

        static DeclareOk read(WireReader from) throws MalformedException {
            return new DeclareOk(from.shortUtf8().text(), from.u32(), from.u32());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(queue);
            into.u32(messageCount);
            into.u32(consumerCount);
        }
    }

    /// `queue.bind`.
    record Bind(String queue, String exchange, String routingKey, boolean noWait, Table arguments)
            implements QueueMethod {
        static final int ID = 20;

        static Bind read(WireReader from) throws MalformedException {
            from.u16();
            return new Bind(
                    from.shortUtf8().text(),
                    from.shortUtf8().text(),
                    from.shortUtf8().text(),
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
            into.shortText(exchange);
            into.shortText(routingKey);
            into.bit(noWait);
            into.table(arguments);
        }
    }

    /// `queue.bind-ok`.
    record BindOk() implements QueueMethod {
        static final int ID = 21;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `queue.purge`.
    record Purge(String queue, boolean noWait) implements QueueMethod {
        static final int ID = 30;

        static Purge read(WireReader from) throws MalformedException {
            from.u16();
            return new Purge(from.shortUtf8().text(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(0);
            into.shortText(queue);
            into.bit(noWait);
        }
    }

    /// `queue.purge-ok`.
    record PurgeOk(long messageCount) implements QueueMethod {
        static final int ID = 31;

        static PurgeOk read(WireReader from) throws MalformedException {
            return new PurgeOk(from.u32());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u32(messageCount);
        }
    }

    /// `queue.delete`.
    record Delete(String queue, boolean ifUnused, boolean ifEmpty, boolean noWait)
            implements QueueMethod {
        static final int ID = 40;

        static Delete read(WireReader from) throws MalformedException {
            from.u16();
            return new Delete(from.shortUtf8().text(), from.bit(), from.bit(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(0);
            into.shortText(queue);
            into.bit(ifUnused);
            into.bit(ifEmpty);
            into.bit(noWait);
        }
    }

    /// `queue.delete-ok`.
    record DeleteOk(long messageCount) implements QueueMethod {
        static final int ID = 41;

        static DeleteOk read(WireReader from) throws MalformedException {
            return new DeleteOk(from.u32());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u32(messageCount);
        }
    }

    /// `queue.unbind`.
    record Unbind(String queue, String exchange, String routingKey, Table arguments)
            implements QueueMethod {
        static final int ID = 50;

        static Unbind read(WireReader from) throws MalformedException {
            from.u16();
            return new Unbind(
                    from.shortUtf8().text(),
                    from.shortUtf8().text(),
                    from.shortUtf8().text(),
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
            into.shortText(exchange);
            into.shortText(routingKey);
            into.table(arguments);
        }
    }

    /// `queue.unbind-ok`.
    record UnbindOk() implements QueueMethod {
        static final int ID = 51;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }
}
