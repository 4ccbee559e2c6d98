package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.Pressure;
import io.sluice.dialect.amqp.codec.ConnectionMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds publishes back while the process has no room for them. Consumers and acknowledgements go on. Owned by the connection's loop.
///
/// A peer hears of it once it publishes, and only if it says that it understands.
final class Blocking {
    private final AmqpSession session;
    private final Pressure pressure;
    private final Runnable stopListening;
    private final List<AmqpChannel> held = new ArrayList<>();
    private boolean told;

    Blocking(AmqpSession session, Pressure pressure) {
        this.session = session;
        this.pressure = pressure;
        this.stopListening = pressure.listen(() -> session.inbox().put(new Changed()));
    }

    /// Whether this publish has to wait; then its channel is woken later.
    boolean holds(AmqpChannel channel) {
        var reason = pressure.reason();
        if (reason.isEmpty()) {
            return false;
        }
        tell(reason);
        held.add(channel);
        return true;
    }

    boolean isBlocked() {
        return !held.isEmpty();
    }

    void stop() {
        stopListening.run();
        held.clear();
    }

    private void tell(Optional<String> reason) {
        if (!told && session.opened().client().isCapableOf("connection.blocked")) {
            told = true;
            session.output().method(0, new ConnectionMethod.Blocked(reason.orElseThrow()));
        }
    }

    private final class Changed extends Event {
        @Override
        void happen() {
            if (pressure.reason().isPresent()) {
                return;
            }
            if (told && session.state() instanceof ConnectionState.Open) {
                session.output().method(0, new ConnectionMethod.Unblocked());
            }
            told = false;
            var waiting = List.copyOf(held);
            held.clear();
            waiting.forEach(AmqpChannel::unblocked);
        }
    }
}
