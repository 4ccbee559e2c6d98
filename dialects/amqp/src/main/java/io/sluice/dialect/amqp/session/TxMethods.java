package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.TxMethod;

/// Transactions: publishes and settlements wait for the commit.
final class TxMethods {
    private final AmqpChannel channel;

    TxMethods(AmqpChannel channel) {
        this.channel = channel;
    }

    void handle(TxMethod method) {
        switch (method) {
            case TxMethod.Select _ -> select();
            case TxMethod.Commit _ -> commit();
            case TxMethod.Rollback _ -> rollback();
            case TxMethod.SelectOk _, TxMethod.CommitOk _, TxMethod.RollbackOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }

    private void select() {
        if (channel.publishes().areConfirmed()) {
            channel.fail(Fault.preconditionFailed("cannot switch from confirm to tx mode"));
            return;
        }
        if (channel.transaction() == null) {
            channel.begin(new Transaction(channel));
        }
        channel.send(new TxMethod.SelectOk());
    }

    private void commit() {
        var transaction = channel.transaction();
        if (transaction == null) {
            channel.fail(Fault.preconditionFailed("channel is not transactional"));
            return;
        }
        channel.pause();
        transaction.commit(
                failed -> {
                    if (failed) {
                        channel.resume(
                                () ->
                                        channel.fail(
                                                Fault.preconditionFailed("partial tx completion")));
                    } else {
                        channel.resume(() -> channel.send(new TxMethod.CommitOk()));
                    }
                });
    }

    private void rollback() {
        var transaction = channel.transaction();
        if (transaction == null) {
            channel.fail(Fault.preconditionFailed("channel is not transactional"));
            return;
        }
        transaction.rollBack();
        channel.send(new TxMethod.RollbackOk());
    }
}
