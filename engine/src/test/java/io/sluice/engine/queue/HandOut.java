package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Order;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/// What may be handed out next, and what one hand-out has given.
final class HandOut {
    private HandOut() {}

    /// Finds the first message, and compares what was found.
    static boolean findFirst(ModelRun run) {
        if (run.order != Order.NONE) {
            return isCandidate(run.live.state(), run.live.end(), run.model, Set.of());
        }
        boolean found = run.live.findFirst();
        var expected = run.model.first();
        assertThat(found).isEqualTo(expected != null);
        if (expected != null) {
            var state = run.live.state();
            assertThat(state.foundFirst()).isEqualTo(expected.offset);
            assertThat(state.foundReturned()).isEqualTo(expected.returned);
        }
        return found;
    }

    /// Whether there is something to hand out: then it is what keys let go first, and otherwise they let nothing go.
    static boolean isCandidate(QueueState state, long end, NaiveQueue model, Set<Long> mine) {
        boolean found = state.find(end);
        var candidates = model.candidates(mine);
        assertThat(found).isEqualTo(!candidates.isEmpty());
        if (found) {
            assertThat(state.foundLast()).isEqualTo(state.foundFirst());
            assertThat(candidates)
                    .as(
                            "all of the key of %s: %s",
                            state.foundFirst(), model.ofKey(state.foundFirst()))
                    .extracting(candidate -> candidate.offset)
                    .contains(state.foundFirst());
            assertThat(state.foundReturned()).isEqualTo(model.at(state.foundFirst()).returned);
        }
        return found;
    }

    /// What one hand-out has given.
    static final class Round {
        final Order order;
        final NaiveQueue model;
        final Set<Long> mine = new HashSet<>();
        final HashMap<Long, Integer> perKey = new HashMap<>();
        long lastKey = -1;

        Round(Order order, NaiveQueue model) {
            this.order = order;
            this.model = model;
        }

        void next(long offset) {
            long key = model.at(offset).key;
            var keys = model.candidates(mine).stream().map(one -> one.key).toList();
            if (order == Order.KEY) {
                assertThat(key == lastKey || !keys.contains(lastKey))
                        .as("all of a key come together")
                        .isTrue();
            } else {
                int had = perKey.getOrDefault(key, 0);
                assertThat(keys)
                        .as("no key has more turns than another that has something")
                        .allMatch(other -> perKey.getOrDefault(other, 0) >= had);
            }
            perKey.merge(key, 1, Integer::sum);
            lastKey = key;
            mine.add(offset);
        }
    }
}
