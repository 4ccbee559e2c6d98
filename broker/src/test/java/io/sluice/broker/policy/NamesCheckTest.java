package io.sluice.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesCheckTest {
    private static Optional<String> arguments(Map<String, String> arguments) {
        return NamesCheck.ARGUMENTS.problem(arguments, PolicyValues.NONE);
    }

    @Test
    void whatIsNoSettingIsNotLookedAt() {
        assertThat(
                        arguments(
                                Map.of(
                                        "x-max-length",
                                        "5",
                                        "x-sluice-order",
                                        "\"key\"",
                                        "x-sluice-redrive",
                                        "\"x\"")))
                .isEmpty();
    }

    @Test
    void numbersMayComeAsNumbersOrAsStrings() {
        assertThat(arguments(Map.of("x-sluice-retry-initial-ms", "500"))).isEmpty();
        assertThat(arguments(Map.of("x-sluice-retry-initial-ms", "\"500\""))).isEmpty();
        assertThat(arguments(Map.of("x-sluice-retry-initial-ms", "\"soon\"")))
                .contains("retry.initial.ms must be a number of milliseconds, 0 to 604800000");
        assertThat(arguments(Map.of("x-sluice-retry-initial-ms", "[1]"))).isPresent();
    }

    @Test
    void aSlipInANameIsToldRatherThanIgnored() {
        assertThat(arguments(Map.of("x-sluice-retry-initail-ms", "500")))
                .contains("x-sluice-retry-initail-ms is not a setting that there is");
        assertThat(
                        NamesCheck.TAGS.problem(
                                Map.of("sluice:retry.forever", "1", "team", "x"),
                                PolicyValues.NONE))
                .contains("sluice:retry.forever is not a setting that there is");
    }

    @Test
    void aTopicsSettingIsNoQueues() {
        assertThat(arguments(Map.of("x-sluice-schema-type", "\"json\"")))
                .contains(
                        "x-sluice-schema-type belongs to a topic and not to a queue: set sluice.schema.type on the topic");
    }

    @Test
    void textIsAString() {
        assertThat(arguments(Map.of("x-sluice-dead-letter-queue", "5")))
                .contains("dead.letter.queue must be a string");
    }

    @Test
    void aDeliveryLimitIsOneLessThanTheAttempts() {
        assertThat(arguments(Map.of("x-delivery-limit", "3", "x-sluice-retry-max-attempts", "4")))
                .isEmpty();
        assertThat(arguments(Map.of("x-delivery-limit", "3", "x-sluice-retry-max-attempts", "9")))
                .contains(
                        "x-delivery-limit is 3, which is one less than the number of attempts, but x-sluice-retry-max-attempts is 9: set one of them, or both alike");
        assertThat(
                        NamesCheck.POLICY.problem(
                                Map.of("delivery-limit", "3", "sluice-retry-max-attempts", "9"),
                                PolicyValues.NONE))
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("delivery-limit is 3"));
    }

    @Test
    void deadLettersGoOneWay() {
        assertThat(
                        arguments(
                                Map.of(
                                        "x-dead-letter-exchange",
                                        "\"dlx\"",
                                        "x-sluice-dead-letter-queue",
                                        "\"dead\"")))
                .contains(
                        "x-dead-letter-exchange is \"dlx\", but x-sluice-dead-letter-queue says that dead letters go to the queue 'dead': set one of them");
        assertThat(
                        arguments(
                                Map.of(
                                        "x-dead-letter-exchange",
                                        "\"\"",
                                        "x-dead-letter-routing-key",
                                        "\"dead\"",
                                        "x-sluice-dead-letter-queue",
                                        "\"dead\"")))
                .isEmpty();
    }

    @Test
    void whatFitsWithAWeakerPlaceFits() {
        var weaker = PolicyValues.of(Map.of(PolicySetting.RETRY_MAX_MS, "900000"));
        var arguments = Map.of("x-sluice-retry-initial-ms", "600000");
        assertThat(NamesCheck.ARGUMENTS.problem(arguments, weaker)).isEmpty();
        assertThat(arguments(arguments))
                .contains(
                        "retry.initial.ms is 600000 and must not be larger than retry.max.ms, which is 300000");
    }

    @Test
    void aWeakerPlaceIsNoReasonToRefuse() {
        var weaker = PolicyValues.of(Map.of(PolicySetting.RETRY_IMMEDIATE, "5"));
        var arguments = Map.of("x-sluice-retry-max-attempts", "2");
        assertThat(NamesCheck.ARGUMENTS.problem(arguments, weaker)).isEmpty();
    }
}
