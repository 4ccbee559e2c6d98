package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.DefaultQueueType;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
            demandNone(services.rules().ofSame(wanted, present.get()));
            services.broker().queues().used(present.get().part(0));
            return CompletableFuture.completedFuture(false);
        }
        if (Names.isReserved(name)) {
            throw new AnsweredException(Answer.refused("Access refused."));
        }
        demandNone(services.rules().ofNew(wanted));
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
        var source = arguments.text(TOPIC);
        boolean durable = body.flag("durable", false);
        boolean autoDelete = body.flag("auto_delete", false);
        return new Queue(
                services.newId(),
                vhost,
                name,
                source.map(this::existingTopic).orElseGet(services::newId),
                source.isEmpty(),
                durable,
                autoDelete,
                false,
                withDefaultType(vhost, durable, autoDelete, Arguments.texts(arguments)),
                services.clock().millis());
    }

    private Map<String, String> withDefaultType(
            String vhost, boolean durable, boolean autoDelete, Map<String, String> arguments) {
        var type =
                DefaultQueueType.of(services.broker().catalog(), vhost, durable, false, autoDelete);
        if (type.isEmpty() || arguments.containsKey(TYPE)) {
            return arguments;
        }
        var all = new LinkedHashMap<>(arguments);
        all.put(TYPE, JsonText.quoted(type.get()));
        return all;
    }

    private UUID existingTopic(String name) {
        return services.broker()
                .catalog()
                .topic(name)
                .map(topic -> topic.id())
                .orElseThrow(
                        () -> new AnsweredException(Answer.badRequest("no topic '" + name + "'")));
    }

    private static void demandNone(Optional<String> mistake) {
        if (mistake.isPresent()) {
            throw new AnsweredException(Answer.badRequest(mistake.get()));
        }
    }
}
