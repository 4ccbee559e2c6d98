package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;

/// `name=value` as it is typed, as an object.
final class Assignments {
    private Assignments() {}

    static boolean isOne(String typed) {
        return typed.indexOf('=') > 0;
    }

    /// @param what they are, for who mistyped one
    static JsonObject texts(Invocation call, List<String> typed, String what) {
        var object = JsonObject.object();
        for (var one : typed) {
            int equals = one.indexOf('=');
            if (equals <= 0) {
                throw call.misused(what + " looks like name=value, which \"" + one + "\" does not");
            }
            object.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return object;
    }

    /// The same, where whole numbers and truth keep their types.
    static JsonObject typed(Invocation call, List<String> typed, String what) {
        var object = JsonObject.object();
        texts(call, typed, what)
                .fields()
                .forEach((name, value) -> object.put(name, value(Value.raw(value))));
        return object;
    }

    private static Json value(String text) {
        if (text.matches("-?[0-9]{1,18}")) {
            return Json.of(Long.parseLong(text));
        }
        return text.equals("true") || text.equals("false")
                ? Json.of(Boolean.parseBoolean(text))
                : Json.of(text);
    }
}
