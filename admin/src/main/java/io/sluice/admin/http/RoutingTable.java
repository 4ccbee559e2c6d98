package io.sluice.admin.http;

import io.sluice.broker.security.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// Which path is answered by what. Immutable. Of two templates that fit the first one in the list counts.
public final class RoutingTable {
    private final List<Resource> resources;
    private final BiFunction<String, Map<String, String>, Optional<Answer>> door;

    /// @param door asked before every handler, with the method and the path's variables: an answer of it is the call's
    public RoutingTable(
            List<Resource> resources,
            BiFunction<String, Map<String, String>, Optional<Answer>> door) {
        this.resources = List.copyOf(resources);
        this.door = door;
    }

    /// All that is answered: `GET queues/{vhost}` and so on, for whoever compares it with what is promised.
    public List<String> routes() {
        return resources.stream().flatMap(resource -> resource.routes().stream()).toList();
    }

    /// @param root the path's start, not looked at: `/api/`
    public CompletableFuture<Answer> answer(Request request, String root, User user) {
        var path = segments(request.path().substring(root.length()));
        for (var resource : resources) {
            var variables = resource.match(path);
            if (variables.isPresent()) {
                return answer(request, resource, variables.get(), user);
            }
        }
        return CompletableFuture.completedFuture(Answer.notFound());
    }

    private CompletableFuture<Answer> answer(
            Request request, Resource resource, Map<String, String> variables, User user) {
        if (request.method().equals("OPTIONS")) {
            return CompletableFuture.completedFuture(Answer.options(resource.allow()));
        }
        var handler = resource.handler(request.method());
        if (handler == null) {
            return CompletableFuture.completedFuture(Answer.methodNotAllowed(resource.allow()));
        }
        var refused = door.apply(request.method(), variables);
        if (refused.isPresent()) {
            return CompletableFuture.completedFuture(refused.get());
        }
        var call = new Call(request, variables, Query.of(request.query()), user);
        return handler.answer(call).thenApply(answer -> columns(call, answer));
    }

    private static Answer columns(Call call, Answer answer) {
        var columns = call.query().list("columns");
        return columns.isEmpty() || answer.body().isEmpty() || answer.status() != 200
                ? answer
                : Answer.ok(Columns.only(columns, answer.body().get()));
    }

    /// A slash at the end is none.
    private static List<String> segments(String path) {
        var parts = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        if (parts.size() > 1 && parts.getLast().isEmpty()) {
            parts.removeLast();
        }
        parts.replaceAll(Percent::decode);
        return parts;
    }
}
