package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// Exchanges, and the bindings between them. Class 40.
public sealed interface ExchangeMethod extends Method {
    int CLASS_ID = 40;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable ExchangeMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Declare.ID -> Declare.read(from);
            case DeclareOk.ID -> new DeclareOk();
            case Delete.ID -> Delete.read(from);
            case DeleteOk.ID -> new DeleteOk();
            case Bind.ID -> Bind.read(from);
            case BindOk.ID -> new BindOk();
            case Unbind.ID -> Unbind.read(from);
            case UnbindOk.ID -> new UnbindOk();
            default -> null;
        };
    }

    /// `exchange.declare`.
    record Declare(
            String exchange,
            String type,
            boolean passive,
            boolean durable,
            boolean autoDelete,
            boolean internal,
            boolean noWait,
            Table arguments)
            implements ExchangeMethod {
        static final int ID = 10;

        static Declare read(WireReader from) throws MalformedException {
            from.u16();
            return new Declare(
                    from.shortUtf8().text(),
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
            into.shortText(exchange);
            into.shortText(type);
            into.bit(passive);
            into.bit(durable);
            into.bit(autoDelete);
            into.bit(internal);
            into.bit(noWait);
            into.table(arguments);
        }
    }

    /// `exchange.declare-ok`.
    record DeclareOk() implements ExchangeMethod {
        static final int ID = 11;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `exchange.delete`.
    record Delete(String exchange, boolean ifUnused, boolean noWait) implements ExchangeMethod {
        static final int ID = 20;

        static Delete read(WireReader from) throws MalformedException {
            from.u16();
            return new Delete(from.shortUtf8().text(), from.bit(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(0);
            into.shortText(exchange);
            into.bit(ifUnused);
            into.bit(noWait);
        }
    }

    /// `exchange.delete-ok`.
    record DeleteOk() implements ExchangeMethod {
        static final int ID = 21;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `exchange.bind`.
    record Bind(
            String destination, String source, String routingKey, boolean noWait, Table arguments)
            implements ExchangeMethod {
        static final int ID = 30;

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
            into.shortText(destination);
            into.shortText(source);
            into.shortText(routingKey);
            into.bit(noWait);
            into.table(arguments);
        }
    }

    /// `exchange.bind-ok`.
    record BindOk() implements ExchangeMethod {
        static final int ID = 31;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `exchange.unbind`.
    record Unbind(
            String destination, String source, String routingKey, boolean noWait, Table arguments)
            implements ExchangeMethod {
        static final int ID = 40;

        static Unbind read(WireReader from) throws MalformedException {
            from.u16();
            return new Unbind(
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
            into.shortText(destination);
            into.shortText(source);
            into.shortText(routingKey);
            into.bit(noWait);
            into.table(arguments);
        }
    }

    /// `exchange.unbind-ok`.
    record UnbindOk() implements ExchangeMethod {
        static final int ID = 51;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }
}
