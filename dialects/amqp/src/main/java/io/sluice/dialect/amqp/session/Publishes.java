package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.dialect.amqp.codec.BasicMethod;
import org.jspecify.annotations.Nullable;

/// A channel's publishes outside of transactions: confirmed once the client has asked for that.
final class Publishes implements PublishWaiter, Confirms.Teller {
    private final AmqpChannel channel;
    private @Nullable Confirms confirms;
    private long nextPlain = Long.MIN_VALUE;

    Publishes(AmqpChannel channel) {
        this.channel = channel;
    }

    /// Confirms from now on.
    void confirm() {
        if (confirms == null) {
            confirms = new Confirms();
        }
    }

    boolean areConfirmed() {
        return confirms != null;
    }

    long unconfirmed() {
        return confirms == null ? 0 : confirms.untold();
    }

    @Override
    public long begin(int appends) {
        channel.appends().begun(appends);
        if (confirms == null) {
            return nextPlain++;
        }
        channel.workToFinish();
        return confirms.published(appends);
    }

    /// Numbers below 0 are those of publishes before the first confirmed one.
    @Override
    public void appended(long first, long last, @Nullable BrokerError error) {
        if (confirms != null && first > 0) {
            confirms.settled(first, last, BrokerFaults.isFailed(error));
            channel.workToFinish();
        } else if (error instanceof BrokerError.InvalidRecords) {
            // Nobody is told of each publish here, and a message that is not what it must be shall
            // not vanish in silence.
            channel.fail(Fault.preconditionFailed(error.message()));
        }
        channel.appends().ended(last - first + 1);
    }

    /// Tells the client what it may know.
    void tell() {
        if (confirms != null) {
            confirms.tell(this);
        }
    }

    @Override
    public void acknowledge(long last, boolean multiple) {
        channel.send(new BasicMethod.Ack(last, multiple));
    }

    @Override
    public void refuse(long last, boolean multiple) {
        channel.send(new BasicMethod.Nack(last, multiple, false));
    }
}
