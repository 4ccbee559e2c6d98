package io.sluice.conformance.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import java.util.List;

/// Exported definitions, cut to what one test made.
final class Definitions {
    private Definitions() {}

    /// Only what is in that virtual host, and the virtual host.
    static String only(String definitions, String vhost) {
        var whole = (JsonObject) JsonReader.read(definitions).orElseThrow();
        var some = JsonObject.object();
        for (var field : whole.fields().entrySet()) {
            if (field.getValue() instanceof Json.Array(List<Json> items)) {
                some.put(
                        field.getKey(),
                        items.stream().filter(item -> isOf(field.getKey(), item, vhost)).toList());
            } else {
                some.put(field.getKey(), field.getValue());
            }
        }
        return some.text();
    }

    private static boolean isOf(String kind, Json item, String vhost) {
        return item instanceof JsonObject object
                && object.text(kind.equals("vhosts") ? "name" : "vhost")
                        .filter(vhost::equals)
                        .isPresent();
    }
}
