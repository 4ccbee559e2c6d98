package io.sluice.dialect.amqp.session;

import io.sluice.broker.security.User;
import io.sluice.broker.security.Users;
import io.sluice.dialect.amqp.AmqpSettings;
import io.sluice.dialect.amqp.codec.ConnectionMethod;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.ReplyCode;
import io.sluice.dialect.amqp.session.ConnectionState.AwaitingHeader;
import io.sluice.dialect.amqp.session.ConnectionState.Closed;
import io.sluice.dialect.amqp.session.ConnectionState.Closing;
import io.sluice.dialect.amqp.session.ConnectionState.Limits;
import io.sluice.dialect.amqp.session.ConnectionState.Open;
import io.sluice.dialect.amqp.session.ConnectionState.Opening;
import io.sluice.dialect.amqp.session.ConnectionState.Starting;
import io.sluice.dialect.amqp.session.ConnectionState.Tuning;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The methods of channel 0: who it is, what is agreed, and the end.
final class ConnectionMethods {
    private static final Logger log = LoggerFactory.getLogger(ConnectionMethods.class);

    /// How long somebody who was refused has to wait for the end, so that guessing takes time.
    private static final long REFUSED_MILLIS = 1000;

    private static final int VERSION_MAJOR = 0;
    private static final int VERSION_MINOR = 9;

    private final AmqpSession session;
    private final Services services;

    ConnectionMethods(AmqpSession session, Services services) {
        this.session = session;
        this.services = services;
    }

    /// The peer sent the protocol header.
    void greeted(AwaitingHeader state) {
        session.become(state.greeted());
        session.output()
                .method(
                        0,
                        new ConnectionMethod.Start(
                                VERSION_MAJOR,
                                VERSION_MINOR,
                                ServerProperties.of(
                                        services.settings(),
                                        services.productVersion(),
                                        services.broker().catalog().clusterId().toString()),
                                Octets.of(Sasl.ALL),
                                Octets.of("en_US")));
    }

    /// A method came on channel 0.
    void handle(ConnectionState state, ConnectionMethod method) {
        switch (method) {
            case ConnectionMethod.Close _ -> closedByPeer(state);
            case ConnectionMethod.CloseOk _ -> {
                if (state instanceof Closing) {
                    session.end();
                } else {
                    unexpected(state);
                }
            }
            case ConnectionMethod.StartOk start -> {
                if (state instanceof Starting starting) {
                    authenticate(starting, start);
                } else {
                    unexpected(state);
                }
            }
            case ConnectionMethod.TuneOk tune -> {
                if (state instanceof Tuning tuning) {
                    tuned(tuning, tune);
                } else {
                    unexpected(state);
                }
            }
            case ConnectionMethod.Open open -> {
                if (state instanceof Opening opening) {
                    open(opening, open.virtualHost());
                } else {
                    unexpected(state);
                }
            }
            case ConnectionMethod.UpdateSecret _ -> {
                if (state instanceof Open) {
                    session.output().method(0, new ConnectionMethod.UpdateSecretOk());
                } else {
                    unexpected(state);
                }
            }
            case ConnectionMethod.Start _,
                    ConnectionMethod.Secure _,
                    ConnectionMethod.SecureOk _,
                    ConnectionMethod.Tune _,
                    ConnectionMethod.OpenOk _,
                    ConnectionMethod.Blocked _,
                    ConnectionMethod.Unblocked _,
                    ConnectionMethod.UpdateSecretOk _ ->
                    unexpected(state);
        }
    }

    private void unexpected(ConnectionState state) {
        if (!(state instanceof Closing || state instanceof Closed)) {
            session.fail(
                    Fault.channelError("unexpected method in connection state " + name(state)));
        }
    }

    private static String name(ConnectionState state) {
        return switch (state) {
            case AwaitingHeader _ -> "handshake";
            case Starting _ -> "starting";
            case Tuning _ -> "tuning";
            case Opening _ -> "opening";
            case Open _ -> "running";
            case Closing _ -> "closing";
            case Closed _ -> "closed";
        };
    }

    private void authenticate(Starting state, ConnectionMethod.StartOk start) {
        var mechanism = Sasl.of(start.mechanism());
        if (mechanism.isEmpty()) {
            session.fail(
                    Fault.commandInvalid(
                            "unknown authentication mechanism '" + start.mechanism() + "'"));
            return;
        }
        var credentials = mechanism.get().read(start.response());
        var verdict =
                credentials.isEmpty()
                        ? new Users.Verdict.Refused("a malformed response")
                        : Users.authenticate(
                                services.broker().catalog(),
                                credentials.get().user(),
                                bytes(credentials.get().password()),
                                session.isFromLoopback());
        switch (verdict) {
            case Users.Verdict.Welcome(User user) ->
                    welcome(state.authenticated(user, start.clientProperties()));
            case Users.Verdict.Refused(String reason) -> refuse(start, reason);
        }
    }

    private static byte[] bytes(Octets octets) {
        var bytes = new byte[octets.length()];
        octets.buffer().get(bytes);
        return bytes;
    }

    private void welcome(Tuning state) {
        session.become(state);
        session.connection().authenticated();
        var settings = services.settings();
        session.output()
                .method(
                        0,
                        new ConnectionMethod.Tune(
                                settings.channelMax(),
                                settings.frameBytesMax(),
                                settings.heartbeatSeconds()));
    }

    /// Whoever cannot understand a `connection.close` here just sees the end.
    private void refuse(ConnectionMethod.StartOk start, String reason) {
        log.warn("refusing {} by {}: {}", session.name(), start.mechanism(), reason);
        var client = new ConnectionState.Client(new User("", List.of()), start.clientProperties());
        if (client.isCapableOf("authentication_failure_close")) {
            var fault =
                    Fault.accessRefused(
                            "Login was refused using authentication mechanism "
                                    + start.mechanism()
                                    + ". For details see the broker logfile.");
            session.output()
                    .method(
                            0,
                            new ConnectionMethod.Close(fault.code().number(), fault.text(), 0, 0));
        }
        session.become(new Closing());
        session.connection().schedule(session::end, REFUSED_MILLIS);
    }

    private void tuned(Tuning state, ConnectionMethod.TuneOk tune) {
        var settings = services.settings();
        var fault = outside("channel_max", tune.channelMax(), 1, settings.channelMax());
        if (fault == null) {
            fault =
                    outside(
                            "frame_max",
                            tune.frameMax(),
                            AmqpSettings.FRAME_BYTES_LEAST,
                            settings.frameBytesMax());
        }
        if (fault != null) {
            session.fail(fault);
            return;
        }
        var limits = new Limits(tune.channelMax(), (int) tune.frameMax(), tune.heartbeat());
        session.become(state.tuned(limits));
        session.agreed(limits);
    }

    private static @Nullable Fault outside(String what, long value, long least, long most) {
        if (value != 0 && value < least) {
            return Fault.notAllowed(
                    "negotiated %s = %d is lower than the minimum allowed value (%d)"
                            .formatted(what, value, least));
        }
        if (value == 0 || value > most) {
            return Fault.notAllowed(
                    "negotiated %s = %d is higher than the maximum allowed value (%d)"
                            .formatted(what, value, most));
        }
        return null;
    }

    private void open(Opening state, String vhost) {
        if (!services.broker().catalog().namespaces().contains(vhost)) {
            session.fail(Fault.notAllowed("vhost " + vhost + " not found"));
            return;
        }
        session.open(state.opened(vhost));
        session.output().method(0, new ConnectionMethod.OpenOk());
    }

    private void closedByPeer(ConnectionState state) {
        if (state instanceof Open) {
            session.closeAllChannels(this::sayGoodbye);
        } else {
            sayGoodbye();
        }
    }

    private void sayGoodbye() {
        session.output().method(0, new ConnectionMethod.CloseOk());
        session.end();
    }

    /// Tells the peer why it ends, by this side's wish.
    void close(Fault fault, int classId, int methodId) {
        session.output()
                .method(
                        0,
                        new ConnectionMethod.Close(
                                fault.code().number(), fault.text(), classId, methodId));
    }

    /// What an operator's wish is told as.
    static Fault forced(String reason) {
        return new Fault(ReplyCode.CONNECTION_FORCED, reason);
    }
}
