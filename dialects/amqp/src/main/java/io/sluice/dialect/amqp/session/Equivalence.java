package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.JsonText;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether something that is declared again is what it was. Equal by value, not by how a client wrote the number.
final class Equivalence {
    private Equivalence() {}

    /// What is wrong; null: they are equal.
    static @Nullable Fault field(String name, Object now, Object received, String subject) {
        return now.equals(received)
                ? null
                : fault(name, "'" + received + "'", "'" + now + "'", subject);
    }

    /// The first of the named arguments that differs; null: none does.
    ///
    /// @param now,received values as JSON text
    static @Nullable Fault arguments(
            Collection<String> names,
            Map<String, String> now,
            Map<String, String> received,
            String subject) {
        for (var name : names) {
            var is = now.get(name);
            var wanted = received.get(name);
            if (!Objects.equals(is, wanted)) {
                // Two values are quoted; where one is missing the other is described, as RabbitMQ
                // has it.
                return is == null || wanted == null
                        ? fault(name, described(wanted), described(is), subject)
                        : fault(name, quoted(wanted), quoted(is), subject);
            }
        }
        return null;
    }

    private static String quoted(String json) {
        return "'" + (json.startsWith("\"") ? JsonText.unquoted(json) : json) + "'";
    }

    private static String described(@Nullable String json) {
        return json == null ? "none" : ValueNames.described(json);
    }

    private static Fault fault(String name, String received, String now, String subject) {
        return Fault.preconditionFailed(
                "inequivalent arg '%s' for %s: received %s but current is %s"
                        .formatted(name, subject, received, now));
    }
}
