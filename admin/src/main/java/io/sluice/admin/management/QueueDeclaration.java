package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A queue as somebody wants it.
final class QueueDeclaration {
    private static final String TOPIC = "x-sluice-topic";
    private static final String TYPE = "x-queue-type";

    private final ManagementServices services;

    QueueDeclaration(ManagementServices services) {
        this.services = services;
    }

    /// Makes the queue, unless one that is the same is there, or somebody else is quicker and makes it.
    ///
    /// @return true when it is new
    CompletableFuture<Boolean> declare(String vhost, String name, Body body) {
        var wanted = wanted(vhost, name, body);
        var present = services.broker().catalog().queue(vhost, name);
        if (present.isPresent()) {
            demandSame(wanted, present.get());
            services.broker().queues().used(present.get().part(0));
            return CompletableFuture.completedFuture(false);
        }
        if (name.isEmpty() || name.startsWith("amq.")) {
            throw new AnsweredException(Answer.refused("Access refused."));
        }
        return services.asks()
                .change(new CatalogChange.DeclareQueue(wanted))
                .thenApply(_ -> true)
                .exceptionallyCompose(
                        failure ->
                                Asks.refusal(failure) instanceof BrokerError.QueueExists
                                        ? declare(vhost, name, body)
                                        : CompletableFuture.failedFuture(failure));
    }

    private Queue wanted(String vhost, String name, Body body) {
        var arguments = body.object("arguments");
        QueueArguments.mistake(vhost, name, arguments)
                .ifPresent(
                        mistake -> {
                            throw new AnsweredException(Answer.badRequest(mistake));
                        });
        withTypeOfVhost(vhost, body, arguments);
        var source = arguments.text(TOPIC);
        return new Queue(
                services.newId(),
                vhost,
                name,
                source.map(this::existingTopic).orElseGet(services::newId),
                source.isEmpty(),
                body.flag("durable", false),
                body.flag("auto_delete", false),
                false,
                Arguments.texts(arguments),
                services.clock().millis());
    }

    /// A virtual host may say of what type its durable queues are.
    private void withTypeOfVhost(String vhost, Body body, JsonObject arguments) {
        var type = Vhosts.about(services.broker().catalog(), vhost).queueType();
        if (!type.isEmpty() && !arguments.has(TYPE) && body.flag("durable", false)) {
            arguments.put(TYPE, Json.of(type));
        }
    }

    private UUID existingTopic(String name) {
        return services.broker()
                .catalog()
                .topic(name)
                .map(topic -> topic.id())
                .orElseThrow(
                        () -> new AnsweredException(Answer.badRequest("no topic '" + name + "'")));
    }

    private static void demandSame(Queue wanted, Queue present) {
        var equality = new Equality("queue", present.name(), present.namespace());
        equality.demand("durable", wanted.durable(), present.durable());
        equality.demand("auto_delete", wanted.autoDelete(), present.autoDelete());
        equality.demand(wanted.arguments(), present.arguments());
    }
}
