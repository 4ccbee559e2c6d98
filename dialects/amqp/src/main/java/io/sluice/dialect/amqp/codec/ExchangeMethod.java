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
    static @Nullable ExchangeMethod read(int methodId, ArgumentReader from)
            throws MalformedException {
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

        static Declare read(ArgumentReader from) throws MalformedException {
            from.u16();
            return new Declare(
                    from.shortText(),
                    from.shortText(),
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
        public void write(ArgumentWriter into) {
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
        public void write(ArgumentWriter into) {}
    }

    /// `exchange.delete`.
    record Delete(String exchange, boolean ifUnused, boolean noWait) implements ExchangeMethod {
        static final int ID = 20;

        static Delete read(ArgumentReader from) throws MalformedException {
            from.u16();
            return new Delete(from.shortText(), from.bit(), from.bit());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(ArgumentWriter into) {
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
        public void write(ArgumentWriter into) {}
    }

    /// `exchange.bind`.
    record Bind(
            String destination, String source, String routingKey, boolean noWait, Table arguments)
            implements ExchangeMethod {
        static final int ID = 30;

        static Bind read(ArgumentReader from) throws MalformedException {
            from.u16();
            return new Bind(
                    from.shortText(), from.shortText(), from.shortText(), from.bit(), from.table());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(ArgumentWriter into) {
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
        public void write(ArgumentWriter into) {}
    }

    /// `exchange.unbind`.
    record Unbind(
            String destination, String source, String routingKey, boolean noWait, Table arguments)
            implements ExchangeMethod {
        static final int ID = 40;

        static Unbind read(ArgumentReader from) throws MalformedException {
            from.u16();
            return new Unbind(
                    from.shortText(), from.shortText(), from.shortText(), from.bit(), from.table());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(ArgumentWriter into) {
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
        public void write(ArgumentWriter into) {}
    }
}
