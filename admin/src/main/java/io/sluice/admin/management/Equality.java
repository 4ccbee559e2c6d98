package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether something that is declared once more is what is there, in RabbitMQ's words when it is not.
final class Equality {
    private final String what;

    /// @param kind `queue` or `exchange`
    Equality(String kind, String name, String vhost) {
        this.what = "%s '%s' in vhost '%s'".formatted(kind, name, vhost);
    }

    void demand(String argument, Object wanted, Object present) {
        if (!wanted.equals(present)) {
            throw unequal(argument, "'" + wanted + "'", "'" + present + "'");
        }
    }

    /// @param wanted,present values as JSON text
    void demand(Map<String, String> wanted, Map<String, String> present) {
        var names = new TreeSet<>(wanted.keySet());
        names.addAll(present.keySet());
        for (var name : names) {
            if (!Objects.equals(wanted.get(name), present.get(name))) {
                throw unequal(name, value(wanted.get(name)), value(present.get(name)));
            }
        }
    }

    private static String value(@Nullable String json) {
        return json == null ? "none" : "'" + json + "'";
    }

    private AnsweredException unequal(String argument, String wanted, String present) {
        return new AnsweredException(
                Answer.badRequest(
                        "inequivalent arg '%s' for %s: received %s but current is %s"
                                .formatted(argument, what, wanted, present)));
    }
}
