package io.sluice.dialect.sqs.operation;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueType;
import io.sluice.dialect.sqs.protocol.QueueAddress;
import io.sluice.dialect.sqs.protocol.QueueNames;
import io.sluice.dialect.sqs.protocol.RedrivePolicy;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.Accounts;
import io.sluice.dialect.sqs.queue.QueuePolicies;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One operation under way: who asked, what there is to do it with, and where its outcome goes.
final class Call {
    private static final Logger log = LoggerFactory.getLogger(Call.class);

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
                        .filter(queue -> QueueType.of(queue) != QueueType.STREAM)
                        .map(this::seen)
                : Optional.empty();
    }

    /// A queue as SQS sees it.
    SqsQueue seen(Queue queue) {
        int parts = catalog().topic(queue.topic()).map(Topic::partitions).orElse(1);
        return services.queues().of(queue, parts);
    }

    /// What holds for the queue, whoever has set it.
    QueueSettings settings(SqsQueue queue) {
        return catalog().settings(queue.queue());
    }

    /// The queue's RedrivePolicy, whoever has set it and in whatever way.
    Optional<RedrivePolicy> redrivePolicy(SqsQueue queue) {
        var account = Accounts.account(queue.queue().namespace());
        return QueuePolicies.redrive(settings(queue).layers(), name -> caller().arn(account, name));
    }

    /// Goes on with the queue, or refuses.
    void withQueue(QueueAddress address, Consumer<SqsQueue> then) {
        find(address).ifPresentOrElse(then, () -> refuse(SqsError.queueDoesNotExist()));
    }

    /// Changes what exists, then goes on.
    void change(CatalogChange change, Runnable then) {
        services.broker().change(change, this.<Catalog>reply(_ -> then.run()));
    }

    /// Goes on with what was asked for, or says why not. Replies come on a shard's thread, which a message that we cannot translate must not stop: that is this
    /// caller's trouble alone.
    <T> Reply<T> reply(Consumer<T> then) {
        return new Reply<>() {
            @Override
            public void done(T value) {
                try {
                    then.accept(value);
                } catch (RuntimeException fault) {
                    log.error("an SQS request could not be answered", fault);
                    refuse(SqsError.internal());
                }
            }

            @Override
            public void refused(BrokerError error) {
                refuse(Refusals.of(error));
            }
        };
    }
}
