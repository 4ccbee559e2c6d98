package io.sluice.admin.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyRulesTest {
    @Test
    void aPolicyThatMakesSenseIsTaken() {
        assertThat(mistake("^a", "queues", "{\"max-length\":5,\"dead-letter-exchange\":\"x\"}"))
                .isEmpty();
    }

    @Test
    void mistakesAreSaid() {
        assertThat(mistake("(", "all", "{\"max-length\":5}").orElseThrow())
                .startsWith("Validation failed\n\npattern should be regular expression");
        assertThat(mistake("a", "nothing", "{\"max-length\":5}").orElseThrow())
                .contains("apply-to 'nothing' unrecognised");
        assertThat(mistake("a", "all", "{}").orElseThrow()).contains("no policy provided");
        assertThat(mistake("a", "all", "{\"max-length\":-1}").orElseThrow())
                .contains("-1 is not a valid max-length");
        assertThat(mistake("a", "all", "{\"overflow\":5}").orElseThrow())
                .contains("5 is not a valid overflow");
        assertThat(mistake("a", "all", "{\"unknown\":5}").orElseThrow())
                .contains("are not recognised policy settings");
    }

    @Test
    void sluicesOwnSettingsAreCheckedToo() {
        assertThat(
                        mistake(
                                "a",
                                "queues",
                                "{\"sluice-retry-initial-ms\":500,\"sluice-retry-jitter\":\"none\"}"))
                .isEmpty();
        assertThat(mistake("a", "queues", "{\"sluice-retry-initial-ms\":-1}").orElseThrow())
                .isEqualTo("Validation failed\n\nretry.initial.ms must be 0 to 604800000\n");
        assertThat(
                        mistake(
                                        "a",
                                        "queues",
                                        "{\"delivery-limit\":2,\"sluice-retry-max-attempts\":9}")
                                .orElseThrow())
                .contains("delivery-limit is 2");
        assertThat(mistake("a", "queues", "{\"sluice-retry-initail-ms\":5}").orElseThrow())
                .contains("are not recognised policy settings");
    }

    private static Optional<String> mistake(String pattern, String applyTo, String definition) {
        return PolicyRules.mistake(
                pattern, applyTo, (JsonObject) JsonReader.read(definition).orElseThrow());
    }
}
