package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Login;
import io.sluice.admin.http.Request;
import io.sluice.admin.http.Resource;
import io.sluice.admin.http.RoutingTable;
import io.sluice.broker.security.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// RabbitMQ's management API, and below `sluice/` what only this broker has. Owned by the admin's loop.
public final class Management {
    /// Where it lies.
    public static final String ROOT = "/api/";

    private final ManagementServices services;
    private final RoutingTable table;

    /// @param more what else is there below [#ROOT]
    public Management(ManagementServices services, List<Resource> more) {
        this.services = services;
        var resources = resources(services);
        resources.addAll(more);
        this.table = new RoutingTable(resources, this::door);
    }

    /// All that is answered below [#ROOT]: `GET queues/{vhost}` and so on.
    public List<String> routes() {
        return table.routes();
    }

    /// What is said to a request for something below [#ROOT]. To be called on the loop, and completed there; fails only by our own mistakes.
    public CompletableFuture<Answer> answer(Request request) {
        return switch (Login.of(services.broker().catalog(), request)) {
            case Login.Outcome.Unknown(Answer answer) -> CompletableFuture.completedFuture(answer);
            case Login.Outcome.Known(User user) -> answer(request, user);
        };
    }

    /// Whether a request's head says who asks, and rightly so.
    public boolean isKnown(Request head) {
        return Login.of(services.broker().catalog(), head) instanceof Login.Outcome.Known;
    }

    private CompletableFuture<Answer> answer(Request request, User user) {
        CompletableFuture<Answer> answer;
        try {
            answer = table.answer(request, ROOT, user);
        } catch (AnsweredException | RefusedException ended) {
            answer = CompletableFuture.failedFuture(ended);
        }
        return answer.exceptionally(Management::answerOf);
    }

    private static Answer answerOf(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case AnsweredException ended -> ended.answer();
            case RefusedException refused -> Refusals.answer(refused.error());
            case null, default -> throw new CompletionException(cause);
        };
    }

    /// Nothing can be said or done about a virtual host that is not there.
    private Optional<Answer> door(String method, Map<String, String> variables) {
        var vhost = variables.get("vhost");
        if (vhost == null || services.broker().catalog().namespaces().contains(vhost)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (method) {
                    case "PUT", "POST" -> Answer.notFound("vhost_not_found");
                    default -> Answer.notFound();
                });
    }

    private static List<Resource> resources(ManagementServices services) {
        var statuses = new Statuses(services);
        var resources = new ArrayList<Resource>();
        resources.addAll(new OverviewApi(services, statuses).resources());
        resources.addAll(new NodesApi(services).resources());
        resources.addAll(new HealthApi(services).resources());
        resources.addAll(new VhostsApi(services, statuses).resources());
        resources.addAll(new UsersApi(services).resources());
        resources.addAll(new PermissionsApi(services).resources());
        resources.addAll(new ConnectionsApi(services).resources());
        resources.addAll(new ChannelsApi(services, statuses).resources());
        resources.addAll(new ConsumersApi(services, statuses).resources());
        resources.addAll(new QueuesApi(services, statuses).resources());
        resources.addAll(new MessagesApi(services).resources());
        resources.addAll(new ExchangesApi(services).resources());
        resources.addAll(new BindingsApi(services).resources());
        resources.addAll(new PoliciesApi(services).resources());
        resources.addAll(new ParametersApi(services).resources());
        resources.addAll(new DefinitionsApi(services).resources());
        resources.addAll(new PeekApi(services).resources());
        resources.addAll(new AccessKeysApi(services).resources());
        return resources;
    }
}
