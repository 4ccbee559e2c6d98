package io.sluice.admin.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One kind of path, and what answers its methods.
///
/// A template is `queues/{vhost}/{name}/get`: words stand for themselves, names in braces for anything.
public final class Resource {
    private final List<String> template;
    private final Map<String, Handler> handlers = new LinkedHashMap<>();

    private Resource(String template) {
        this.template = List.of(template.split("/", -1));
    }

    public static Resource at(String template) {
        return new Resource(template);
    }

    public Resource get(Handler handler) {
        return on("GET", handler);
    }

    public Resource put(Handler handler) {
        return on("PUT", handler);
    }

    public Resource post(Handler handler) {
        return on("POST", handler);
    }

    public Resource patch(Handler handler) {
        return on("PATCH", handler);
    }

    public Resource delete(Handler handler) {
        return on("DELETE", handler);
    }

    /// What the path has for the template's variables; none when it is another kind of path.
    ///
    /// @param path decoded segments
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != template.size()) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            var word = template.get(i);
            if (word.startsWith("{")) {
                variables.put(word.substring(1, word.length() - 1), path.get(i));
            } else if (!word.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /// @param method HEAD is answered as GET is
    @Nullable Handler handler(String method) {
        return handlers.get(method.equals("HEAD") ? "GET" : method);
    }

    /// What it answers: `GET queues/{vhost}` and so on.
    List<String> routes() {
        return handlers.keySet().stream()
                .map(method -> method + " " + String.join("/", template))
                .toList();
    }

    /// For the header of that name.
    String allow() {
        var methods = new ArrayList<String>();
        if (handlers.containsKey("GET")) {
            methods.add("HEAD");
        }
        methods.addAll(handlers.keySet());
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private Resource on(String method, Handler handler) {
        var before = handlers.put(method, handler);
        assert before == null : method + " has two handlers";
        return this;
    }
}
