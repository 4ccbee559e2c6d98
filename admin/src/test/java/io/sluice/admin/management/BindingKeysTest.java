package io.sluice.admin.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.routing.Binding;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BindingKeysTest {
    @Test
    void keysAreThoseOfRabbitMq() {
        assertThat(key("", Map.of())).isEqualTo("~");
        assertThat(key("a.#", Map.of())).isEqualTo("a.%23");
        assertThat(key("b.%23", Map.of())).isEqualTo("b.%2523");
        assertThat(key("x.*", Map.of())).isEqualTo("x.%2A");
        assertThat(key("sp ace/slash~%", Map.of())).isEqualTo("sp+ace%2Fslash%7E%25");
    }

    @Test
    void argumentsMakeAnotherKeyAndEqualOnesTheSame() {
        var one = key("a", Map.of("x", "1", "y", "2"));
        assertThat(one).startsWith("a~").isEqualTo(key("a", Map.of("y", "2", "x", "1")));
        assertThat(one).isNotEqualTo(key("a", Map.of("x", "2", "y", "1")));
        assertThat(one).isNotEqualTo(key("a", Map.of()));
    }

    @Test
    void aPathMeansABindingWithItsKeyEscapedOnceMoreOrNot() {
        var binding = binding("a.#", Map.of());
        assertThat(BindingKeys.matches(binding, "a.%23")).isTrue();
        assertThat(BindingKeys.matches(binding, "a.#")).isTrue();
        assertThat(BindingKeys.matches(binding, "a.b")).isFalse();
        assertThat(BindingKeys.matches(binding("", Map.of()), "~")).isTrue();
        assertThat(BindingKeys.matches(binding("a.#", Map.of("x", "1")), "a.%23")).isFalse();
    }

    private static String key(String routingKey, Map<String, String> arguments) {
        return BindingKeys.key(binding(routingKey, arguments));
    }

    private static Binding binding(String routingKey, Map<String, String> arguments) {
        return new Binding("/", "e", "q", true, routingKey, arguments);
    }
}
