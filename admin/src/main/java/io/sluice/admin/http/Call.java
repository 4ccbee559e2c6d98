package io.sluice.admin.http;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.broker.security.User;
import java.util.Map;

/// A request that has found its handler.
///
/// @param variables what stands in the path for the template's names in braces, decoded once
/// @param user who asks
public record Call(Request request, Map<String, String> variables, Query query, User user) {
    public Call {
        variables = Map.copyOf(variables);
    }

    /// What stands in the path for `name`, which the template has.
    public String variable(String name) {
        var value = variables.get(name);
        assert value != null : "the path's template has a variable " + name;
        return value;
    }

    /// The virtual host in the path.
    public String vhost() {
        return variable("vhost");
    }

    /// The object that was sent; an empty one when nothing was.
    ///
    /// @throws AnsweredException when it is no JSON object
    public Body body() {
        if (!request.body().hasRemaining()) {
            return new Body(JsonObject.object());
        }
        if (JsonReader.read(request.body()).orElse(null) instanceof JsonObject object) {
            return new Body(object);
        }
        throw new AnsweredException(Answer.badRequest("not_json"));
    }
}
