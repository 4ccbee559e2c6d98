package io.sluice.dialect.kafka.admin;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// What a request names more than once is answered once.
final class Duplicates {
    private Duplicates() {}

    /// The first of those with the same key, in their order.
    static <T> List<T> removed(Collection<T> all, Function<T, ?> key) {
        var seen = new HashSet<Object>();
        return all.stream().filter(one -> seen.add(key.apply(one))).toList();
    }
}
