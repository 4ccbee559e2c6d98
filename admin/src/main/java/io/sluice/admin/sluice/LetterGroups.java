package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Letters by why they died and where. Owned by the admin's loop.
final class LetterGroups {
    /// Those of further groups are counted together, without a name.
    private static final int GROUPS_MAX = 1_000;

    private static final Group OTHERS = new Group("", "", "", true);

    private final Map<Group, Tally> groups = new LinkedHashMap<>();

    private record Group(String reason, String code, String source, boolean others) {}

    private static final class Tally {
        private long count;
        private long firstMillis = Long.MAX_VALUE;
        private long lastMillis = Long.MIN_VALUE;

        private void add(long millis) {
            count++;
            firstMillis = Math.min(firstMillis, millis);
            lastMillis = Math.max(lastMillis, millis);
        }
    }

    void add(Letter letter) {
        var view = letter.view();
        var group = new Group(view.reason(), view.code(), view.sourceQueue(), false);
        var known = groups.size() < GROUPS_MAX || groups.containsKey(group) ? group : OTHERS;
        groups.computeIfAbsent(known, _ -> new Tally()).add(view.diedMillis());
    }

    /// The largest first.
    List<? extends Json> json() {
        return groups.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().count))
                .map(entry -> json(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static JsonObject json(Group group, Tally tally) {
        var json = JsonObject.object();
        if (group.others()) {
            json.put("others", true);
        } else {
            json.put("reason", group.reason())
                    .put("code", group.code())
                    .put("source", group.source());
        }
        return json.put("count", tally.count)
                .put("first_seen", LetterJson.time(tally.firstMillis))
                .put("last_seen", LetterJson.time(tally.lastMillis));
    }
}
