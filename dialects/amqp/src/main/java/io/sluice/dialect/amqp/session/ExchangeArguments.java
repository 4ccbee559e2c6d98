package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.JsonText;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which arguments an exchange may be declared with.
final class ExchangeArguments {
    static final String ALTERNATE = "alternate-exchange";
    static final String DELAYED_TYPE = "x-delayed-type";

    private ExchangeArguments() {}

    /// What is wrong with them; null: nothing.
    ///
    /// @param exchange as texts name it
    static @Nullable Fault check(ExchangeType type, Table arguments, String exchange) {
        var alternate = arguments.field(ALTERNATE);
        if (alternate.isPresent() && !(alternate.get() instanceof Value.Text)) {
            return Fault.preconditionFailed(
                    "invalid type '%s' for arg '%s' in %s"
                            .formatted(ValueNames.type(alternate.get()), ALTERNATE, exchange));
        }
        if (type == ExchangeType.DELAYED
                && delayedType(arguments.toJson())
                        .filter(inner -> inner != ExchangeType.DELAYED)
                        .isEmpty()) {
            return Fault.preconditionFailed(
                    "Invalid argument, '" + DELAYED_TYPE + "' must be an existing exchange type");
        }
        return null;
    }

    /// How an exchange of delayed messages routes.
    static Optional<ExchangeType> delayedType(Map<String, String> arguments) {
        return Optional.ofNullable(arguments.get(DELAYED_TYPE))
                .filter(json -> json.startsWith("\""))
                .map(JsonText::unquoted)
                .flatMap(ExchangeType::of);
    }
}
