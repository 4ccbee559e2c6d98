package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// How a connection begins, is agreed on, and ends. Class 10.
public sealed interface ConnectionMethod extends Method {
    int CLASS_ID = 10;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable ConnectionMethod read(int methodId, WireReader from)
            throws MalformedException {
        return switch (methodId) {
            case Start.ID -> Start.read(from);
            case StartOk.ID -> StartOk.read(from);
            case Secure.ID -> Secure.read(from);
            case SecureOk.ID -> SecureOk.read(from);
            case Tune.ID -> Tune.read(from);
            case TuneOk.ID -> TuneOk.read(from);
            case Open.ID -> Open.read(from);
            case OpenOk.ID -> OpenOk.read(from);
            case Close.ID -> Close.read(from);
            case CloseOk.ID -> new CloseOk();
            case Blocked.ID -> Blocked.read(from);
            case Unblocked.ID -> new Unblocked();
            case UpdateSecret.ID -> UpdateSecret.read(from);
            case UpdateSecretOk.ID -> new UpdateSecretOk();
            default -> null;
        };
    }

    /// `connection.start`.
    ///
    /// @param mechanisms,locales names with spaces between
    record Start(
            int versionMajor,
            int versionMinor,
            Table serverProperties,
            Octets mechanisms,
            Octets locales)
            implements ConnectionMethod {
        static final int ID = 10;

        static Start read(WireReader from) throws MalformedException {
            return new Start(
                    from.u8(), from.u8(), from.table(), from.longOctets(), from.longOctets());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u8(versionMajor);
            into.u8(versionMinor);
            into.table(serverProperties);
            into.longOctets(mechanisms);
            into.longOctets(locales);
        }
    }

    /// `connection.start-ok`.
    record StartOk(Table clientProperties, String mechanism, Octets response, String locale)
            implements ConnectionMethod {
        static final int ID = 11;

        static StartOk read(WireReader from) throws MalformedException {
            return new StartOk(
                    from.table(),
                    from.shortUtf8().text(),
                    from.longOctets(),
                    from.shortUtf8().text());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.table(clientProperties);
            into.shortText(mechanism);
            into.longOctets(response);
            into.shortText(locale);
        }
    }

    /// `connection.secure`.
    record Secure(Octets challenge) implements ConnectionMethod {
        static final int ID = 20;

        static Secure read(WireReader from) throws MalformedException {
            return new Secure(from.longOctets());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.longOctets(challenge);
        }
    }

    /// `connection.secure-ok`.
    record SecureOk(Octets response) implements ConnectionMethod {
        static final int ID = 21;

        static SecureOk read(WireReader from) throws MalformedException {
            return new SecureOk(from.longOctets());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.longOctets(response);
        }
    }

    /// `connection.tune`.
    ///
    /// @param frameMax in bytes, overhead included
    /// @param heartbeat in seconds; 0: none
    record Tune(int channelMax, long frameMax, int heartbeat) implements ConnectionMethod {
        static final int ID = 30;

        static Tune read(WireReader from) throws MalformedException {
            return new Tune(from.u16(), from.u32(), from.u16());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(channelMax);
            into.u32(frameMax);
            into.u16(heartbeat);
        }
    }

    /// `connection.tune-ok`.
    ///
    /// @param frameMax in bytes, overhead included; 0: no limit
    /// @param heartbeat in seconds; 0: none
    record TuneOk(int channelMax, long frameMax, int heartbeat) implements ConnectionMethod {
        static final int ID = 31;

        static TuneOk read(WireReader from) throws MalformedException {
            return new TuneOk(from.u16(), from.u32(), from.u16());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.u16(channelMax);
            into.u32(frameMax);
            into.u16(heartbeat);
        }
    }

    /// `connection.open`.
    record Open(String virtualHost) implements ConnectionMethod {
        static final int ID = 40;

        static Open read(WireReader from) throws MalformedException {
            var read = new Open(from.shortUtf8().text());
            from.shortUtf8().text();
            from.bit();
            return read;
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(virtualHost);
            into.shortOctets(Octets.EMPTY);
            into.bit(false);
        }
    }

    /// `connection.open-ok`.
    record OpenOk() implements ConnectionMethod {
        static final int ID = 41;

        static OpenOk read(WireReader from) throws MalformedException {
            from.shortUtf8().text();
            return new OpenOk();
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

    /// `connection.close`.
    ///
    /// @param failedClass,failedMethod ids of the method that led to it; 0: none did
    record Close(int replyCode, String replyText, int failedClass, int failedMethod)
            implements ConnectionMethod {
        static final int ID = 50;

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

    /// `connection.close-ok`.
    record CloseOk() implements ConnectionMethod {
        static final int ID = 51;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `connection.blocked`.
    record Blocked(String reason) implements ConnectionMethod {
        static final int ID = 60;

        static Blocked read(WireReader from) throws MalformedException {
            return new Blocked(from.shortUtf8().text());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.shortText(reason);
        }
    }

    /// `connection.unblocked`.
    record Unblocked() implements ConnectionMethod {
        static final int ID = 61;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }

    /// `connection.update-secret`.
    record UpdateSecret(Octets newSecret, String reason) implements ConnectionMethod {
        static final int ID = 70;

        static UpdateSecret read(WireReader from) throws MalformedException {
            return new UpdateSecret(from.longOctets(), from.shortUtf8().text());
        }

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {
            into.longOctets(newSecret);
            into.shortText(reason);
        }
    }

    /// `connection.update-secret-ok`.
    record UpdateSecretOk() implements ConnectionMethod {
        static final int ID = 71;

        @Override
        public int methodId() {
            return ID;
        }

        @Override
        public void write(WireWriter into) {}
    }
}
