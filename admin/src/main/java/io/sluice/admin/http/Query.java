package io.sluice.admin.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The parameters behind the question mark. Of a name that comes twice the last one counts.
public record Query(Map<String, String> parameters) {
    public Query {
        parameters = Map.copyOf(parameters);
    }

    static Query of(String text) {
        var parameters = new HashMap<String, String>();
        for (var part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        Percent.decodeQuery(part.substring(0, equals)),
                        Percent.decodeQuery(part.substring(equals + 1)));
            }
        }
        return new Query(parameters);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    public boolean flag(String name) {
        return "true".equals(parameters.get(name));
    }

    /// The texts between the commas; empty without the parameter.
    public List<String> list(String name) {
        var text = parameters.get(name);
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /// @throws AnsweredException when it is there and no whole number
    OptionalInt number(String name) {
        var text = parameters.get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException _) {
            throw new AnsweredException(Answer.badRequest("Pagination parameters are invalid"));
        }
    }
}
