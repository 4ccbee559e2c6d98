package io.sluice.schema.json;

import java.util.ArrayList;
import java.util.List;

/// What a comparison of two schemas found, the first ones only.
final class Differences {
    private static final int COUNT_MAX = 20;

    private final List<String> found = new ArrayList<>();

    /// @param place a JSON pointer into the reader, or empty for none
    void add(String place, String what) {
        if (found.size() < COUNT_MAX) {
            found.add(place.isEmpty() ? what : place + ": " + what);
        }
    }

    int count() {
        return found.size();
    }

    /// Takes back all but the first `count`.
    void backTo(int count) {
        found.subList(count, found.size()).clear();
    }

    List<String> all() {
        return List.copyOf(found);
    }
}
