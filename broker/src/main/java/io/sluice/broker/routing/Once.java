package io.sluice.broker.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Things in the order in which they came, each once; the very same object is the same thing. Few of them are compared one by one,
/// which needs no more than a list.
final class Once<T> {
    private static final int FEW = 16;

    private final ArrayList<T> items = new ArrayList<>(4);
    private @Nullable Set<T> known;

    /// Nothing happens when it is there.
    void add(T item) {
        if (isNew(item)) {
            items.add(item);
        }
    }

    int size() {
        return items.size();
    }

    T get(int index) {
        return items.get(index);
    }

    List<T> items() {
        return Collections.unmodifiableList(items);
    }

    void clear() {
        items.clear();
        known = null;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very same object is the question
    private boolean isNew(T item) {
        if (known != null) {
            return known.add(item);
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) == item) {
                return false;
            }
        }
        if (items.size() == FEW) {
            known = Collections.newSetFromMap(new IdentityHashMap<>());
            known.addAll(items);
            known.add(item);
        }
        return true;
    }
}
