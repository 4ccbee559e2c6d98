package io.sluice.admin.sluice;

import io.sluice.broker.Catalog;
import java.util.Map;
import java.util.Optional;

/// What topics may be called and told. The server plugs in the rules of the dialect that has them, so that they are the same by every way. Each says
/// what is wrong, if anything is.
public interface TopicRules {
    /// Of a name that no topic has yet.
    Optional<String> ofName(String name, Catalog catalog);

    /// @param existing what is set now; empty for a new topic
    /// @param wanted all that shall be set
    Optional<String> ofConfig(Map<String, String> existing, Map<String, String> wanted);

    /// Whether the broker keeps it for itself.
    boolean isInternal(String name);
}
