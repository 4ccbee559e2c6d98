package io.sluice.dialect.amqp.session;

import io.sluice.broker.security.User;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message's properties must not be.
final class MessageChecks {
    /// The longest time to live: what fits 32 bits.
    private static final long TTL_MILLIS_MAX = 0xFFFF_FFFFL;

    private MessageChecks() {}

    /// What is wrong with them; null: nothing.
    static @Nullable Fault check(Properties properties, User user) {
        var expiration = properties.expiration();
        if (expiration.isPresent()) {
            var wrong = wrongExpiration(expiration.get());
            if (wrong != null) {
                return Fault.preconditionFailed(
                        "invalid expiration '" + expiration.get() + "': " + wrong);
            }
        }
        var mode = properties.deliveryMode();
        if (mode.isPresent() && mode.getAsInt() != 1 && mode.getAsInt() != 2) {
            return invalidMessage("{delivery_mode_unknown," + mode.getAsInt() + "}");
        }
        var userId = properties.userId();
        if (userId.isPresent() && !userId.get().equals(user.name()) && !user.isImpersonator()) {
            return Fault.preconditionFailed(
                    "user_id property set to '%s' but authenticated user was '%s'"
                            .formatted(userId.get(), user.name()));
        }
        return null;
    }

    /// What is wrong with the values of `CC` or `BCC`; null: nothing.
    static @Nullable Fault checkCopies(String header, Value value) {
        if (!(value instanceof Value.Array(List<Value> keys))) {
            return wrongType(header, value);
        }
        for (var key : keys) {
            if (!(key instanceof Value.Text(Octets _))) {
                return wrongType(header, key);
            }
        }
        return null;
    }

    private static Fault wrongType(String header, Value value) {
        return invalidMessage(
                "{unacceptable_type_in_header,\"%s\",%s}"
                        .formatted(header, ValueNames.type(value)));
    }

    private static Fault invalidMessage(String why) {
        return Fault.preconditionFailed("invalid message: " + why);
    }

    /// As RabbitMQ says it; null: it is milliseconds.
    private static @Nullable String wrongExpiration(String text) {
        int digitsFrom = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int end = digitsFrom;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == digitsFrom) {
            return "no_integer";
        }
        if (end < text.length()) {
            return "{leftover_string,\"" + text.substring(end) + "\"}";
        }
        if (text.startsWith("-")) {
            return "{value_negative," + text + "}";
        }
        boolean tooLong = end - digitsFrom > 18;
        return tooLong || Long.parseLong(text) > TTL_MILLIS_MAX
                ? "{value_too_big," + text + "}"
                : null;
    }
}
