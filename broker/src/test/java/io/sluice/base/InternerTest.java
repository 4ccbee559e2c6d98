package io.sluice.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InternerTest {
    private final Interner<List<String>> interner = new Interner<>();

    @Test
    void equalValuesBecomeOne() {
        var first = interner.intern(List.of("a", "b"));
        assertThat(interner.intern(List.of("a", "b"))).isSameAs(first);
        assertThat(interner.intern(List.of("b", "a"))).isNotSameAs(first).containsExactly("b", "a");
    }

    @Test
    void whatIsKnownIsBounded() {
        var first = interner.intern(List.of("a"));
        for (var i = 0; i < 1_000; i++) {
            interner.intern(List.of("b", "" + i));
        }
        assertThat(interner.intern(List.of("a"))).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void topicsWithTheSameConfigHaveItOnce() {
        assertThat(topic("a").config()).isSameAs(topic("b").config());
    }

    private static Topic topic(String name) {
        return new Topic(
                UUID.randomUUID(), name, 1, new HashMap<>(Map.of("retention.ms", "1000")), 0);
    }
}
