package io.sluice.simulation.log;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// The logs that there should be, and the names of those that were deleted.
final class ModelLogs {
    private static final int LOGS = 6;

    private final RandomGenerator random;
    private final Map<String, ModelLog> logs = new TreeMap<>();
    private final Set<String> deletedOnce = new TreeSet<>();

    ModelLogs(RandomGenerator random) {
        this.random = random;
    }

    /// One of a few, which is made when it is met first. Some are busy, some are quiet: what is left of those is carried from journal file to
    /// journal file.
    ModelLog any() {
        var name = "log-" + random.nextInt(1 + random.nextInt(LOGS));
        return logs.computeIfAbsent(name, _ -> new ModelLog(name, new Content(random.nextLong())));
    }

    List<ModelLog> all() {
        return List.copyOf(logs.values());
    }

    boolean has(String name) {
        return logs.containsKey(name);
    }

    /// False for a former life of a log: it was deleted.
    boolean isLive(ModelLog log) {
        return logs.get(log.name) == log;
    }

    boolean wasDeletedOnce(String name) {
        return deletedOnce.contains(name);
    }

    void deleted(ModelLog log) {
        logs.remove(log.name);
        deletedOnce.add(log.name);
    }

    /// The store ended with all that was completed in its files, and those are still there.
    void closed() {
        logs.values().forEach(ModelLog::closed);
    }

    /// What a crash can no longer touch need not be remembered.
    void forget() {
        logs.values().forEach(ModelLog::forget);
    }
}
