package io.sluice.engine.shard;

/// A message to publish.
///
/// @param key empty: none
record Message(String body, String key, int priority, long ttl, long notBefore) {
    static Message of(String body) {
        return new Message(body, "", 0, -1, 0);
    }

    /// Its key is the first letter of its body.
    static Message keyed(String body) {
        return new Message(body, body.substring(0, 1), 0, -1, 0);
    }

    Message priority(int priority) {
        return new Message(body, key, priority, ttl, notBefore);
    }

    Message ttl(long millis) {
        return new Message(body, key, priority, millis, notBefore);
    }

    Message notBefore(long millis) {
        return new Message(body, key, priority, ttl, millis);
    }
}
