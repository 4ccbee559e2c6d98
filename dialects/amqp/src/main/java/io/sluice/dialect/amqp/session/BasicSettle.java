package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.Settlement;

/// `basic.ack`, `basic.nack`, `basic.reject`, `basic.recover`: what becomes of deliveries.
final class BasicSettle {
    private final AmqpChannel channel;
    private final Taking acknowledging = new Taking(Settlement.ACCEPTED);
    private final Taking returning = new Taking(Settlement.RETURNED);
    private final Taking rejecting = new Taking(Settlement.REJECTED);

    BasicSettle(AmqpChannel channel) {
        this.channel = channel;
    }

    void ack(long tag, boolean multiple) {
        settle(tag, multiple, acknowledging);
    }

    void reject(long tag, boolean multiple, boolean requeue) {
        settle(tag, multiple, requeue ? returning : rejecting);
    }

    /// @return whether it was done
    boolean recover(boolean requeue) {
        if (!requeue) {
            channel.fail(Fault.notImplemented("requeue=false"));
            return false;
        }
        channel.unsettled().takeAll(returning);
        return true;
    }

    private void settle(long tag, boolean multiple, Taking taking) {
        if (tag == 0 && multiple) {
            channel.unsettled().takeAll(taking);
            return;
        }
        boolean known =
                multiple
                        ? channel.unsettled().takeUpTo(tag, taking)
                        : channel.unsettled().take(tag, taking);
        if (!known) {
            channel.fail(
                    Fault.preconditionFailed("unknown delivery tag " + Long.toUnsignedString(tag)));
        }
    }

    /// Where taken deliveries go: to their queues, or into the transaction.
    private final class Taking implements Unsettled.Taker {
        private final Settlement.Outcome outcome;

        Taking(Settlement.Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void taken(long tag, Source source, long offset) {
            var transaction = channel.transaction();
            if (transaction != null) {
                transaction.add(tag, source, offset, outcome);
            } else {
                channel.consumers().settle(source, offset, outcome);
            }
        }
    }
}
