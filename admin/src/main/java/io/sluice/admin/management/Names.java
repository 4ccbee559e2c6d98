package io.sluice.admin.management;

/// Names of queues and exchanges.
final class Names {
    /// How the default exchange is called in paths, where an empty name is hard to write.
    private static final String DEFAULT_EXCHANGE = "amq.default";

    private Names() {}

    /// The exchange that a path means.
    static String exchange(String inPath) {
        return inPath.equals(DEFAULT_EXCHANGE) ? "" : inPath;
    }

    /// Whether only the broker makes and deletes what is called so.
    static boolean isReserved(String name) {
        return name.isEmpty() || name.startsWith("amq.");
    }
}
