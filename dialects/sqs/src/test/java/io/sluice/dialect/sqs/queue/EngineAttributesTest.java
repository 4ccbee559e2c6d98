package io.sluice.dialect.sqs.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.policy.PolicyAttributes;
import io.sluice.broker.policy.PolicyLayers;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.dialect.sqs.protocol.QueueArn;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What the broker makes of a queue's attributes.
class EngineAttributesTest {
    private static final String REDRIVE =
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":\"3\"}";

    private static QueueAttributes settings(Map<String, String> set, boolean fifo) {
        return new QueueAttributes(set, fifo);
    }

    private static QueueSettings engine(Map<String, String> attributes) {
        return QueueSettings.of(Map.of(), attributes, Map.of(), Map.of());
    }

    private static Queue queue(String name, Map<String, String> attributes) {
        return new Queue(
                new UUID(1, 1),
                "/",
                name,
                new UUID(2, 2),
                true,
                true,
                false,
                false,
                Map.of(),
                attributes,
                5_000);
    }

    @Test
    void aNewQueueKeepsItsOrderAndForgetsWhatIsTooOld() {
        var standard = engine(EngineAttributes.ofNew(settings(Map.of(), false), Map.of(), 1));
        assertThat(standard.order()).isEqualTo(Order.FAIR);
        assertThat(standard.retentionMillis()).isEqualTo(345_600_000);
        assertThat(standard.deliveryLimit()).isEqualTo(-1);
        assertThat(standard.deadLetterExchange()).isEmpty();
        var fifo = engine(EngineAttributes.ofNew(settings(Map.of(), true), Map.of(), 1));
        assertThat(fifo.order()).isEqualTo(Order.KEY);
    }

    @Test
    void aMessageMayComeBackOnceLessThanItMayBeReceived() {
        var engine =
                engine(
                        EngineAttributes.ofNew(
                                settings(Map.of("RedrivePolicy", REDRIVE), false), Map.of(), 1));
        assertThat(engine.deliveryLimit()).isEqualTo(2);
        assertThat(engine.deadLetterExchange()).contains("");
        assertThat(engine.deadLetterRoutingKey()).contains("dead");
    }

    @Test
    void aPolicyThatIsTakenAwayIsGoneFromTheBrokerToo() {
        var with =
                new SqsQueue(
                        queue(
                                "q",
                                EngineAttributes.ofNew(
                                        settings(
                                                Map.of(
                                                        "RedrivePolicy",
                                                        REDRIVE,
                                                        "MessageRetentionPeriod",
                                                        "60"),
                                                false),
                                        Map.of("tag", "value"),
                                        1)),
                        1);
        assertThat(engine(with.queue().attributes()).retentionMillis()).isEqualTo(60_000);
        var kept =
                EngineAttributes.changed(
                        with, with.settings().with(Map.of("RedrivePolicy", "")), with.tags(), 2);
        assertThat(engine(kept).deliveryLimit())
                .as("what a policy is, is not what it was spelled like")
                .isEqualTo(2);
        var gone = QueuePolicies.redriveChanges(Optional.empty(), engine(kept).layers());
        var without = PolicyAttributes.of(gone).appliedTo(kept);
        assertThat(engine(without).deliveryLimit()).isEqualTo(-1);
        assertThat(engine(without).deadLetterExchange()).isEmpty();
        assertThat(engine(without).order()).isEqualTo(Order.FAIR);
        assertThat(engine(without).retentionMillis()).isEqualTo(60_000);
        var seen = new SqsQueue(queue("q", without), 1);
        assertThat(seen.tags()).containsExactly(Map.entry("tag", "value"));
        assertThat(seen.modifiedMillis()).isEqualTo(2);
        assertThat(seen.settings().redrivePolicy()).isEmpty();
    }

    @Test
    void aTagIsASettingAndShowsWhatTheSettingIs() {
        var attributes =
                EngineAttributes.ofNew(
                        settings(Map.of(), false),
                        Map.of("sluice:retry.max.attempts", "5", "team", "x"),
                        1);
        assertThat(engine(attributes).deliveryLimit()).isEqualTo(4);
        assertThat(new SqsQueue(queue("q", attributes), 1).tags())
                .containsOnly(Map.entry("sluice:retry.max.attempts", "5"), Map.entry("team", "x"));

        var changed = new HashMap<>(attributes);
        changed.put("x-sluice-retry-max-attempts", "7");
        assertThat(new SqsQueue(queue("q", changed), 1).tags())
                .containsEntry("sluice:retry.max.attempts", "7");
        changed.remove("x-sluice-retry-max-attempts");
        assertThat(new SqsQueue(queue("q", changed), 1).tags())
                .containsOnly(Map.entry("team", "x"));
    }

    @Test
    void aRedrivePolicyIsAViewOfWhateverHolds() {
        var byArguments =
                QueueSettings.of(
                        Map.of(
                                "x-delivery-limit",
                                "2",
                                "x-dead-letter-exchange",
                                "\"\"",
                                "x-dead-letter-routing-key",
                                "\"dead\""),
                        Map.of(),
                        Map.of(),
                        Map.of());
        var policy =
                QueuePolicies.redrive(
                        byArguments.layers(), name -> new QueueArn("r", "000000000000", name));
        assertThat(policy.orElseThrow().spelledAs(null))
                .isEqualTo(
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:r:000000000000:dead\",\"maxReceiveCount\":3}");
        assertThat(policy.orElseThrow().spelledAs(REDRIVE)).isEqualTo(REDRIVE);

        var gone = QueuePolicies.redriveChanges(Optional.empty(), byArguments.layers());
        var hidden =
                QueueSettings.of(
                        Map.of("x-delivery-limit", "2"),
                        PolicyAttributes.of(gone).appliedTo(Map.of()),
                        Map.of(),
                        Map.of());
        assertThat(hidden.deliveryLimit()).isEqualTo(-1);
    }

    @Test
    void aTagThatIsNoSettingOrAWrongOneIsRefused() {
        assertThat(QueuePolicies.problem(Map.of("team", "x"), PolicyLayers.NONE)).isEmpty();
        assertThat(
                        QueuePolicies.problem(
                                Map.of("sluice:retry.max.attempts", "0"), PolicyLayers.NONE))
                .contains("retry.max.attempts must be 1 to 1000000");
        assertThat(
                        QueuePolicies.problem(
                                Map.of("sluice:retry.immediate", "3"),
                                engine(Map.of("x-sluice-retry-max-attempts", "2")).layers()))
                .contains(
                        "retry.immediate is 3 and must be less than retry.max.attempts, which is 2 and counts the first try");
    }

    @Test
    void whatOthersKeepWithAQueueStays() {
        var foreign = new SqsQueue(queue("q", Map.of("x-message-ttl", "9", "other", "x")), 1);
        assertThat(foreign.modifiedMillis()).isEqualTo(5_000);
        var changed =
                EngineAttributes.changed(
                        foreign,
                        foreign.settings().with(Map.of("VisibilityTimeout", "7")),
                        Map.of(),
                        6);
        assertThat(changed).containsEntry("x-message-ttl", "9").containsEntry("other", "x");
        assertThat(engine(changed).retentionMillis())
                .as("a queue of AMQP's keeps messages until somebody says otherwise")
                .isEqualTo(-1);
        assertThat(new SqsQueue(queue("q", changed), 1).settings().visibilitySeconds())
                .isEqualTo(7);
    }

    @Test
    void aQueueIsSeenAnewOnlyWhenItHasChanged() {
        var known = new KnownQueues();
        var queue = queue("q", Map.of());
        var seen = known.of(queue, 1);
        assertThat(known.of(queue, 1)).isSameAs(seen);
        assertThat(known.of(queue, 3).parts()).hasSize(3);
        var changed = queue.with(Map.of("sqs.DelaySeconds", "5"));
        assertThat(known.of(changed, 3).settings().delaySeconds()).isEqualTo(5);
        assertThat(Optional.of(known.of(changed, 3)).map(SqsQueue::queue)).contains(changed);
    }
}
