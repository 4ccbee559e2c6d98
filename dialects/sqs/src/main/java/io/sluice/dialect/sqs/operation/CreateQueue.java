package io.sluice.dialect.sqs.operation;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.policy.PolicyLayers;
import io.sluice.broker.queue.Queue;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAttribute;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.protocol.QueueNames;
import io.sluice.dialect.sqs.protocol.RedrivePolicy;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.Accounts;
import io.sluice.dialect.sqs.queue.EngineAttributes;
import io.sluice.dialect.sqs.queue.QueuePolicies;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Creates a queue, or finds one that is what is asked for.
final class CreateQueue {
    private static final String REDRIVE = QueueAttribute.REDRIVE_POLICY.wireName();

    private final Call call;
    private final Operation.CreateQueue asked;
    private final String account;

    private CreateQueue(Call call, Operation.CreateQueue asked) {
        this.call = call;
        this.asked = asked;
        this.account = call.caller().account();
    }

    static void run(Call call, Operation.CreateQueue asked) {
        new CreateQueue(call, asked).run();
    }

    private void run() {
        boolean fifo = QueueAttributes.asksForFifo(asked.attributes());
        var refusal =
                QueueAttributes.checkNew(asked.attributes())
                        .or(() -> QueueNames.check(asked.name(), fifo))
                        .or(
                                () ->
                                        RedriveRules.refusal(
                                                call, account, asked.name(), asked.attributes()))
                        .or(
                                () ->
                                        QueuePolicies.problem(asked.tags(), PolicyLayers.NONE)
                                                .map(SqsError::invalid));
        var existing = call.find(account, asked.name());
        if (refusal.isPresent()) {
            call.refuse(refusal.get());
        } else if (existing.isPresent()) {
            compare(existing.get());
        } else if (call.services().settings().deleteWaits()
                && call.services()
                        .recent()
                        .isRecent(
                                DeleteQueue.DEED,
                                account,
                                asked.name(),
                                call.services().clock().millis())) {
            call.refuse(SqsError.queueDeletedRecently());
        } else {
            createNamespace();
        }
    }

    /// Equal or unspecified attributes are no conflict; otherwise the first one that differs is named.
    private void compare(SqsQueue queue) {
        var others = new HashMap<>(asked.attributes());
        var redrive = others.remove(REDRIVE);
        queue.settings()
                .firstDifference(others)
                .or(
                        () ->
                                redrive == null || isSame(redrive, queue)
                                        ? Optional.empty()
                                        : Optional.of(REDRIVE))
                .ifPresentOrElse(name -> call.refuse(SqsError.queueNameExists(name)), this::done);
    }

    private boolean isSame(String redrive, SqsQueue queue) {
        var wanted =
                redrive.isEmpty()
                        ? Optional.<RedrivePolicy>empty()
                        : RedrivePolicy.parse(redrive).policy();
        var present = call.redrivePolicy(queue);
        return wanted.map(RedrivePolicy::meaning).equals(present.map(RedrivePolicy::meaning));
    }

    /// An account comes into being with its first queue.
    private void createNamespace() {
        var namespace = Accounts.namespace(account);
        if (call.catalog().namespaces().contains(namespace)) {
            create();
            return;
        }
        call.change(
                new CatalogChange.Configure(
                        Catalog.NAMESPACE_KIND,
                        namespace,
                        Map.of("description", "SQS account " + account)),
                this::create);
    }

    private void create() {
        var random = call.services().random();
        long now = call.services().clock().millis();
        var settings =
                new QueueAttributes(Map.of(), QueueNames.isFifo(asked.name()))
                        .with(asked.attributes());
        var queue =
                new Queue(
                        new UUID(random.nextLong(), random.nextLong()),
                        Accounts.namespace(account),
                        asked.name(),
                        new UUID(random.nextLong(), random.nextLong()),
                        true,
                        true,
                        false,
                        false,
                        Map.of(),
                        EngineAttributes.ofNew(settings, asked.tags(), now),
                        now);
        call.services()
                .broker()
                .change(
                        new CatalogChange.DeclareQueue(queue),
                        new Reply<>() {
                            @Override
                            public void done(Catalog catalog) {
                                CreateQueue.this.done();
                            }

                            @Override
                            public void refused(BrokerError error) {
                                notCreated(error);
                            }
                        });
    }

    /// Somebody else may have been faster.
    private void notCreated(BrokerError error) {
        Optional<SqsQueue> existing = call.find(account, asked.name());
        if (error instanceof BrokerError.QueueExists && existing.isPresent()) {
            compare(existing.get());
        } else {
            call.refuse(Refusals.of(error));
        }
    }

    private void done() {
        call.done(new Result.QueueUrl(call.caller().url(account, asked.name())));
    }
}
