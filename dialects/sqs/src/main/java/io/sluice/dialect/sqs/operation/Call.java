package io.sluice.dialect.sqs.operation;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.dialect.sqs.protocol.QueueAddress;
import io.sluice.dialect.sqs.protocol.QueueNames;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.Accounts;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Optional;
import java.util.function.Consumer;

/// One operation under way: who asked, what there is to do it with, and where its outcome goes.
final class Call {
    private final Services services;
    private final Caller caller;
    private final Answering answering;

    Call(Services services, Caller caller, Answering answering) {
        this.services = services;
        this.caller = caller;
        this.answering = answering;
    }

    Services services() {
        return services;
    }

    Caller caller() {
        return caller;
    }

    Catalog catalog() {
        return services.broker().catalog();
    }

    void done(Result result) {
        answering.done(result);
    }

    void done() {
        answering.done(new Result.Done());
    }

    void refuse(SqsError error) {
        answering.refused(error);
    }

    void whenGone(Runnable gone) {
        answering.whenGone(gone);
    }

    /// The account that an address means.
    String account(QueueAddress address) {
        return address.account().orElse(caller.account());
    }

    Optional<SqsQueue> find(QueueAddress address) {
        return find(account(address), address.name());
    }

    Optional<SqsQueue> find(String account, String name) {
        return QueueNames.isLegal(name)
                ? catalog()
                        .queue(Accounts.namespace(account), name)
                        .filter(queue -> !queue.exclusive())
                        .map(SqsQueue::new)
                : Optional.empty();
    }

    /// Goes on with the queue, or refuses.
    void withQueue(QueueAddress address, Consumer<SqsQueue> then) {
        find(address).ifPresentOrElse(then, () -> refuse(SqsError.queueDoesNotExist()));
    }

    /// Changes what exists, then goes on.
    void change(CatalogChange change, Runnable then) {
        services.broker().change(change, this.<Catalog>reply(_ -> then.run()));
    }

    /// Goes on with what was asked for, or says why not.
    <T> Reply<T> reply(Consumer<T> then) {
        return new Reply<>() {
            @Override
            public void done(T value) {
                then.accept(value);
            }

            @Override
            public void refused(BrokerError error) {
                refuse(Refusals.of(error));
            }
        };
    }
}
