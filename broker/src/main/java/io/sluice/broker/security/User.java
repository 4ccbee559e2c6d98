package io.sluice.broker.security;

import java.util.List;

/// Somebody who may come in.
///
/// @param tags what kind of user it is, by RabbitMQ's words: `administrator`, `monitoring`, `impersonator`, ...
public record User(String name, List<String> tags) {
    public User {
        tags = List.copyOf(tags);
    }

    /// True for those who may publish under another's name.
    public boolean isImpersonator() {
        return tags.contains("impersonator");
    }
}
