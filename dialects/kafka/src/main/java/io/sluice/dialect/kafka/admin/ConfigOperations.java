package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.admin.ConfigResources.Configurable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.jspecify.annotations.Nullable;

/// What single operations on settings make of those that are set.
///
/// ```text
///   SET       key = value
///   DELETE    key has its default again
///   APPEND    the values of a list that it does not have yet come behind those that it has
///   SUBTRACT  the values go from a list
/// ```
/// A list that was not set is its default before anything is added to it or taken from it.
final class ConfigOperations {
    private ConfigOperations() {}

    static Checked<Map<String, String>> applied(
            Collection<AlterableConfig> operations, Configurable target) {
        var wanted = new HashMap<>(target.set());
        for (var operation : operations) {
            var refusal = apply(operation, target, wanted);
            if (refusal.isPresent()) {
                return Checked.refused(refusal.get());
            }
        }
        return Checked.good(wanted);
    }

    private static Optional<ApiError> apply(
            AlterableConfig operation, Configurable target, Map<String, String> wanted) {
        @Nullable OpType type = OpType.forId(operation.configOperation());
        if (type == null) {
            return Optional.of(
                    new ApiError(
                            Errors.INVALID_REQUEST,
                            "Unknown operations type " + operation.configOperation()));
        }
        switch (type) {
            case SET -> wanted.put(operation.name(), operation.value());
            case DELETE -> wanted.remove(operation.name());
            case APPEND, SUBTRACT -> {
                var key =
                        target.definition(operation.name())
                                .filter(found -> found.type == ConfigDef.Type.LIST);
                if (key.isEmpty()) {
                    return Optional.of(
                            new ApiError(
                                    Errors.INVALID_CONFIG,
                                    "Can't "
                                            + type
                                            + " to key "
                                            + operation.name()
                                            + " because its type is not LIST."));
                }
                var values = values(wanted.get(operation.name()), key.get());
                var named = List.of(operation.value().split(","));
                wanted.put(
                        operation.name(),
                        String.join(
                                ",",
                                type == OpType.APPEND
                                        ? appended(values, named)
                                        : subtracted(values, named)));
            }
        }
        return Optional.empty();
    }

    private static List<String> values(@Nullable String set, ConfigKey key) {
        var text = set == null ? ConfigDef.convertToString(key.defaultValue, key.type) : set;
        return text == null || text.isBlank() ? List.of() : List.of(text.trim().split("\\s*,\\s*"));
    }

    private static List<String> appended(List<String> values, List<String> named) {
        var all = new ArrayList<>(values);
        named.stream().filter(value -> !all.contains(value)).forEach(all::add);
        return all;
    }

    private static List<String> subtracted(List<String> values, List<String> named) {
        return values.stream().filter(value -> !named.contains(value)).toList();
    }
}
