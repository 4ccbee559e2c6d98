package io.sluice.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.QueueSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyLayersTest {
    private static final Map<String, String> NOTHING = Map.of();

    @Test
    void theStrongerPlaceWinsAndSaysSo() {
        var attributes = Map.of("x-sluice-retry-multiplier", "5.0");
        var arguments =
                Map.of("x-sluice-retry-multiplier", "4.0", "x-sluice-retry-initial-ms", "4");
        var policy = Map.of("sluice-retry-initial-ms", "3", "sluice-retry-max-ms", "3");
        var group = Map.of("sluice.retry.max.ms", "2", "sluice.retry.immediate", "2");
        var topic = Map.of("sluice.retry.immediate", "1", "sluice.retry.jitter", "full");

        var layers = PolicyLayers.of(arguments, attributes, policy, topic, group);

        assertThat(layers.source(PolicySetting.RETRY_MULTIPLIER)).isEqualTo(PolicySource.ATTRIBUTE);
        assertThat(layers.value(PolicySetting.RETRY_MULTIPLIER)).contains("5.0");
        assertThat(layers.source(PolicySetting.RETRY_INITIAL_MS)).isEqualTo(PolicySource.ARGUMENT);
        assertThat(layers.value(PolicySetting.RETRY_INITIAL_MS)).contains("4");
        assertThat(layers.source(PolicySetting.RETRY_MAX_MS)).isEqualTo(PolicySource.POLICY);
        assertThat(layers.value(PolicySetting.RETRY_MAX_MS)).contains("3");
        assertThat(layers.source(PolicySetting.RETRY_IMMEDIATE)).isEqualTo(PolicySource.GROUP);
        assertThat(layers.value(PolicySetting.RETRY_IMMEDIATE)).contains("2");
        assertThat(layers.source(PolicySetting.RETRY_JITTER)).isEqualTo(PolicySource.TOPIC);
        assertThat(layers.source(PolicySetting.BREAKER_PROBES)).isEqualTo(PolicySource.DEFAULT);
        assertThat(layers.value(PolicySetting.BREAKER_PROBES)).contains("3");
        assertThat(layers.value(PolicySetting.RETRY_MAX_ATTEMPTS)).isEmpty();
        var retry = QueuePolicy.of(layers.values()).retry();
        assertThat(retry)
                .isEqualTo(new RetryPolicy(2, 4, 5.0, 3, RetryPolicy.Jitter.FULL, -1, -1, true));
    }

    @Test
    void aDeliveryLimitIsAViewOfTheAttempts() {
        var byLimit = QueueSettings.of(Map.of("x-delivery-limit", "3"), NOTHING, NOTHING, NOTHING);
        assertThat(byLimit.policy().retry().attemptsMax()).isEqualTo(4);
        assertThat(byLimit.deliveryLimit()).isEqualTo(3);

        var byName =
                QueueSettings.of(
                        NOTHING, NOTHING, NOTHING, Map.of("sluice.retry.max.attempts", "1"));
        assertThat(byName.policy().retry().attemptsMax()).isEqualTo(1);
        assertThat(byName.deliveryLimit()).isEqualTo(0);
        assertThat(QueueSettings.DEFAULT.deliveryLimit()).isEqualTo(-1);
    }

    @Test
    void aShareGroupsLimitOfDeliveriesIsAViewOfTheAttemptsTooAndIsFiveByDefault() {
        var shared = Map.of("x-sluice-share-group", "\"g\"");
        var limit = Map.of("share.delivery.count.limit", "3");
        assertThat(attempts(shared, NOTHING, NOTHING)).isEqualTo(5);
        assertThat(attempts(shared, NOTHING, limit)).isEqualTo(3);
        assertThat(attempts(shared, Map.of("sluice.retry.max.attempts", "9"), NOTHING))
                .isEqualTo(9);
        assertThat(attempts(shared, Map.of("sluice.retry.max.attempts", "9"), limit)).isEqualTo(3);
        for (var attempts : List.of("2", "9")) {
            var both = new HashMap<>(limit);
            both.put("sluice.retry.max.attempts", attempts);
            assertThat(attempts(shared, NOTHING, both))
                    .isEqualTo(Math.min(3, Integer.parseInt(attempts)));
        }
        assertThat(attempts(NOTHING, NOTHING, NOTHING)).isEqualTo(-1);
    }

    private static long attempts(
            Map<String, String> attributes, Map<String, String> topic, Map<String, String> group) {
        return QueueSettings.of(NOTHING, attributes, NOTHING, topic, group).attemptsMax();
    }

    @Test
    void ofTwoDeliveryLimitsTheSmallerHoldsAndAttributesGoBefore() {
        var argument = Map.of("x-delivery-limit", "5");
        var policy = Map.of("delivery-limit", "2");
        assertThat(QueueSettings.of(argument, NOTHING, policy, NOTHING).deliveryLimit())
                .isEqualTo(2);
        var attribute = Map.of("x-sluice-retry-max-attempts", "9");
        assertThat(QueueSettings.of(argument, attribute, policy, NOTHING).deliveryLimit())
                .isEqualTo(8);
        var none = Map.of("x-delivery-limit", "-1");
        assertThat(QueueSettings.of(none, NOTHING, NOTHING, NOTHING).deliveryLimit()).isEqualTo(-1);
    }

    @Test
    void aDeadLetterQueueIsReachedByTheDefaultExchange() {
        var settings =
                QueueSettings.of(
                        Map.of("x-sluice-dead-letter-queue", "\"dead\""),
                        NOTHING,
                        Map.of(
                                "dead-letter-exchange",
                                "\"dlx\"",
                                "dead-letter-routing-key",
                                "\"k\""),
                        NOTHING);
        assertThat(settings.deadLetterExchange()).contains("");
        assertThat(settings.deadLetterRoutingKey()).contains("dead");
        assertThat(settings.policy().deadLetter().queue()).contains("dead");
    }

    @Test
    void aDeadLetterExchangeInAStrongerPlaceWins() {
        var settings =
                QueueSettings.of(
                        Map.of("x-dead-letter-exchange", "\"dlx\""),
                        NOTHING,
                        NOTHING,
                        Map.of("sluice.dead.letter.queue", "dead"));
        assertThat(settings.deadLetterExchange()).contains("dlx");
        assertThat(settings.deadLetterRoutingKey()).isEmpty();
        assertThat(settings.policy().deadLetter().queue()).isEmpty();
        assertThat(settings.layers().value(PolicySetting.DEAD_LETTER_QUEUE)).isEmpty();
    }

    @Test
    void theDefaultExchangeAndAKeyShowAsADeadLetterQueueThatNobodyMakes() {
        var settings =
                QueueSettings.of(
                        Map.of(
                                "x-dead-letter-exchange",
                                "\"\"",
                                "x-dead-letter-routing-key",
                                "\"dead\""),
                        NOTHING,
                        NOTHING,
                        NOTHING);
        assertThat(settings.layers().value(PolicySetting.DEAD_LETTER_QUEUE)).contains("dead");
        assertThat(settings.layers().source(PolicySetting.DEAD_LETTER_QUEUE))
                .isEqualTo(PolicySource.ARGUMENT);
        assertThat(settings.deadLetterRoutingKey()).contains("dead");
        assertThat(settings.policy().deadLetter().queue()).isEmpty();
    }

    @Test
    void setToNothingItHidesWhatAWeakerPlaceSays() {
        var settings =
                QueueSettings.of(
                        NOTHING,
                        Map.of("x-sluice-dead-letter-queue", "\"\""),
                        NOTHING,
                        Map.of("sluice.dead.letter.queue", "dead"));
        assertThat(settings.deadLetterExchange()).isEmpty();
        assertThat(settings.policy().deadLetter().queue()).isEmpty();
    }
}
