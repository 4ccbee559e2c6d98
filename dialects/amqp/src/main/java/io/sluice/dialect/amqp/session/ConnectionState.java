package io.sluice.dialect.amqp.session;

import io.sluice.broker.security.User;
import io.sluice.dialect.amqp.codec.Table;

/// How far a connection has come. What can be done next is a method of the state that allows it.
///
/// ```text
///   AwaitingHeader ─greeted─▶ Starting ─authenticated─▶ Tuning ─tuned─▶ Opening ─opened─▶ Open
///                                │                        │                │              │
///                                └──────────failed────────┴────────────────┴──────────────┤
///                                                                            Closing ◀────┘
/// ```
///
/// From every state the connection may simply be [Closed].
sealed interface ConnectionState {
    /// Nothing was said yet.
    record AwaitingHeader() implements ConnectionState {
        Starting greeted() {
            return new Starting();
        }
    }

    /// `connection.start` was sent: who is it?
    record Starting() implements ConnectionState {
        Tuning authenticated(User user, Table clientProperties) {
            return new Tuning(new Client(user, clientProperties));
        }
    }

    /// `connection.tune` was sent: how large may things be?
    record Tuning(Client client) implements ConnectionState {
        Opening tuned(Limits limits) {
            return new Opening(client, limits);
        }
    }

    /// Agreed: which virtual host?
    record Opening(Client client, Limits limits) implements ConnectionState {
        Open opened(String vhost) {
            return new Open(client, limits, vhost);
        }
    }

    /// In use.
    record Open(Client client, Limits limits, String vhost) implements ConnectionState {}

    /// `connection.close` was sent: all is passed over until the peer has answered.
    record Closing() implements ConnectionState {}

    /// Nothing comes or goes any more.
    record Closed() implements ConnectionState {}

    /// Who it is.
    record Client(User user, Table properties) {
        /// Whether it says that it understands one of RabbitMQ's extensions.
        boolean isCapableOf(String extension) {
            return properties.field("capabilities").orElse(Table.EMPTY)
                            instanceof Table capabilities
                    && capabilities.isTrue(extension);
        }
    }

    /// What was agreed.
    ///
    /// @param frameBytesMax overhead included
    /// @param heartbeatSeconds 0: none
    record Limits(int channelMax, int frameBytesMax, int heartbeatSeconds) {}
}
