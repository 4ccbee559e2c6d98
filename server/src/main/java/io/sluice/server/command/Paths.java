package io.sluice.server.command;

import java.util.ArrayList;
import java.util.List;

/// Where things lie on the admin port.
final class Paths {
    static final String ROOT = "/api/sluice/";
    static final String TOPICS = ROOT + "topics";
    static final String QUEUES = ROOT + "queues";
    static final String POLICY_SETTINGS = ROOT + "policy-settings";
    /// The same queues in RabbitMQ's API, which has what ours need not have again.
    static final String MANAGED_QUEUES = "/api/queues";

    static final String PUSH = ROOT + "push";

    private Paths() {}

    static String topic(String name) {
        return TOPICS + "/" + Api.encoded(name);
    }

    /// The part of an address behind the question mark, put together piece by piece.
    static final class Query {
        private final List<String> pieces = new ArrayList<>();

        Query with(String name, Object value) {
            pieces.add(name + "=" + Api.encoded(value.toString()));
            return this;
        }

        /// With the question mark, if there is anything behind it.
        String text() {
            return pieces.isEmpty() ? "" : "?" + String.join("&", pieces);
        }
    }
}
