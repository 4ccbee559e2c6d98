package io.sluice.broker;

import java.util.Map;

/// Settings for all queues or exchanges whose name matches.
///
/// Kept as settings of kind [#KIND] under the name [#key], with the keys `pattern`, `apply-to`, `priority` and one `definition.<name>` each.
///
/// @param pattern a regular expression that is found in the name
/// @param applyTo `queues`, `exchanges`, `all`, or one of RabbitMQ's narrower words for kinds of queues
/// @param definition by a policy's names (`message-ttl`), values as JSON text
public record Policy(
        String namespace,
        String name,
        String pattern,
        String applyTo,
        int priority,
        Map<String, String> definition) {
    /// The kind of settings that policies are kept as.
    public static final String KIND = "policy";

    public Policy {
        definition = Map.copyOf(definition);
    }

    /// The name under which it is kept.
    public String key() {
        return namespace + '\u0000' + name;
    }
}
