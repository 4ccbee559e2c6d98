package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A question that a channel has put to the broker, on its way back to the channel's loop.
final class Ask<T> extends Event implements Reply<T> {
    private final Inbox inbox;
    private final Consumer<T> done;
    private final Consumer<BrokerError> refused;
    private @Nullable T value;
    private @Nullable BrokerError error;

    /// @param done,refused one of them is called on the loop
    Ask(Inbox inbox, Consumer<T> done, Consumer<BrokerError> refused) {
        this.inbox = inbox;
        this.done = done;
        this.refused = refused;
    }

    @Override
    public void done(T answer) {
        value = answer;
        inbox.put(this);
    }

    @Override
    public void refused(BrokerError why) {
        error = why;
        inbox.put(this);
    }

    @Override
    void happen() {
        if (error != null) {
            refused.accept(error);
        } else {
            assert value != null : "a reply is done or refused";
            done.accept(value);
        }
    }
}
