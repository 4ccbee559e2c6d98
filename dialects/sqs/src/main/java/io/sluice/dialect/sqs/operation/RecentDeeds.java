package io.sluice.dialect.sqs.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was done to a queue within the last 60 seconds, for the rules that forbid it twice. Any thread.
public final class RecentDeeds {
    private static final long MILLIS = 60_000;
    private static final int ENTRIES_MAX = 10_000;

    private final Map<String, Long> deeds = new ConcurrentHashMap<>();

    boolean isRecent(String deed, String account, String queue, long nowMillis) {
        var at = deeds.get(key(deed, account, queue));
        return at != null && nowMillis - at < MILLIS;
    }

    void done(String deed, String account, String queue, long nowMillis) {
        if (deeds.size() >= ENTRIES_MAX) {
            deeds.values().removeIf(at -> nowMillis - at >= MILLIS);
        }
        deeds.put(key(deed, account, queue), nowMillis);
    }

    private static String key(String deed, String account, String queue) {
        return deed + "/" + account + "/" + queue;
    }
}
