package io.sluice.schema.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which places of the two schemas have been compared with each other, or are being compared.
final class ComparedPlaces {
    /// Where each was met first.
    private final Map<Pair, String> firstMet = new HashMap<>();
    private final List<Pair> inOrder = new ArrayList<>();

    /// @return where the two were met before; null: never, and they count as met from now on
    @Nullable String meet(JsonNode reader, JsonNode writer, String place) {
        var pair = new Pair(reader, writer);
        var before = firstMet.putIfAbsent(pair, place);
        if (before == null) {
            inOrder.add(pair);
        }
        return before;
    }

    int count() {
        return inOrder.size();
    }

    /// Forgets all but the first `count`.
    void backTo(int count) {
        while (inOrder.size() > count) {
            firstMet.remove(inOrder.removeLast());
        }
    }

    /// Two places of the two texts: the very ones, not others that look the same.
    private record Pair(JsonNode reader, JsonNode writer) {
        @Override
        @SuppressWarnings("ReferenceEquality") // it is places that are compared
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair(JsonNode r, JsonNode w) && r == reader && w == writer;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(reader) + System.identityHashCode(writer);
        }
    }
}
