package io.sluice.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class QueueDecisionsTest {
    private final LiveCatalog catalog = new LiveCatalog();

    @Test
    void twoWhoChangeAttributesOfAQueueLoseNothingOfEachOther() {
        var queue = catalog.queue("orders");
        var first = CatalogChange.AdjustQueue.between(queue.id(), Map.of(), Map.of("a", "1"));
        var second = CatalogChange.AdjustQueue.between(queue.id(), Map.of(), Map.of("b", "2"));
        catalog.change(first);
        catalog.change(second);
        assertThat(attributes()).isEqualTo(Map.of("a", "1", "b", "2"));
        catalog.change(
                CatalogChange.AdjustQueue.between(
                        queue.id(), Map.of("a", "1", "b", "2"), Map.of("a", "3")));
        assertThat(attributes()).isEqualTo(Map.of("a", "3"));
    }

    @Test
    void anAttributeThatIsNoLongerWhatSomebodyHasSeenIsNotChangedByHim() {
        var id = catalog.queue("orders").id();
        var change =
                new CatalogChange.AdjustQueue(
                        id, Map.of("task", "1"), Set.of(), Map.of("task", ""));
        catalog.change(change);
        assertThat(catalog.refusal(change)).isInstanceOf(BrokerError.InUse.class);
        catalog.change(
                new CatalogChange.AdjustQueue(id, Map.of(), Set.of("task"), Map.of("task", "1")));
        assertThat(attributes()).isEmpty();
    }

    private Map<String, String> attributes() {
        return catalog.state.queue("/", "orders").orElseThrow().attributes();
    }

    @Test
    void aQueueComesWithATopicThatKeepsWhatIsNotConsumed() {
        var queue = catalog.queue("orders");
        var topic = catalog.state.topic("orders").orElseThrow();
        assertThat(topic.id()).isEqualTo(queue.topic());
        assertThat(topic.partitions()).isEqualTo(1);
        assertThat(topic.config())
                .isEqualTo(
                        Map.of(
                                "retention.ms", "-1",
                                "sluice.retention", "consumed",
                                "max.message.bytes", "134217728"));
        assertThat(catalog.state.queuesOf(topic.id())).containsExactly(queue);
    }

    @Test
    void theTopicOfATransientQueueIsNotForced() {
        catalog.transientQueue("replies");
        assertThat(catalog.state.topic("replies").orElseThrow().config())
                .containsEntry("sluice.durability", "os");
    }

    @Test
    void theTopicOfAStreamGoesByTimeAndSize() {
        var stream =
                new Queue(
                        new UUID(1, 1),
                        "/",
                        "events",
                        new UUID(2, 2),
                        true,
                        true,
                        false,
                        false,
                        Map.of(
                                "x-queue-type", "\"stream\"",
                                "x-max-age", "\"2h\"",
                                "x-max-length-bytes", "5000"),
                        0);
        catalog.declare(stream);
        assertThat(catalog.state.topic("events").orElseThrow().config())
                .containsEntry("retention.ms", "7200000")
                .containsEntry("retention.bytes", "5000")
                .containsEntry("sluice.retention", "stream");
        catalog.change(new CatalogChange.DeleteQueue(stream.id()));
        assertThat(catalog.state.topic("events")).isEmpty();
    }

    @Test
    void aNameIsTakenOnce() {
        catalog.queue("orders");
        assertThat(catalog.refusal(new CatalogChange.DeclareQueue(catalog.durable("orders"))))
                .isEqualTo(new BrokerError.QueueExists("orders"));
    }

    @Test
    void aTopicGetsItsQueueByADeclareOfItsName() {
        var topic = catalog.topic("orders");
        var queue = catalog.queue("orders");
        assertThat(queue.topic()).isEqualTo(topic);
        assertThat(queue.ownsTopic()).isFalse();
        assertThat(catalog.change(new CatalogChange.DeleteQueue(queue.id())))
                .containsExactly(new CatalogEntry.QueueDeleted(queue.id()));
        assertThat(catalog.state.topic("orders").map(Topic::id)).contains(topic);
    }

    @Test
    void aQueueOnATopicNeedsTheTopic() {
        var nowhere = catalog.on(new UUID(7, 7), "workers", true);
        assertThat(catalog.refusal(new CatalogChange.DeclareQueue(nowhere)))
                .isInstanceOf(BrokerError.UnknownTopic.class);
        var topic = catalog.topic("orders");
        var workers = catalog.declare(catalog.on(topic, "workers", true));
        assertThat(catalog.state.queuesOf(topic)).containsExactly(workers);
    }

    @Test
    void anOwnedTopicGoesWithTheLastQueueOnIt() {
        var orders = catalog.queue("orders");
        var audit = catalog.declare(catalog.on(orders.topic(), "audit", true));
        assertThat(catalog.change(new CatalogChange.DeleteQueue(orders.id())))
                .containsExactly(new CatalogEntry.QueueDeleted(orders.id()));
        assertThat(catalog.state.topic("orders")).isPresent();
        assertThat(catalog.change(new CatalogChange.DeleteQueue(audit.id())))
                .containsExactly(
                        new CatalogEntry.QueueDeleted(audit.id()),
                        new CatalogEntry.TopicDeleted(orders.topic()));
        assertThat(catalog.state.topics()).isEmpty();
    }

    @Test
    void aDeletedTopicTakesItsQueuesAndTheirBindings() {
        var orders = catalog.queue("orders");
        catalog.declare(catalog.on(orders.topic(), "audit", true));
        catalog.bind("amq.fanout", "orders");
        catalog.bind("amq.fanout", "audit");
        catalog.change(new CatalogChange.DeleteTopic(orders.topic()));
        assertThat(catalog.state.queues()).isEmpty();
        assertThat(catalog.state.bindings("/")).isEmpty();
        assertThat(catalog.state.queuesOf(orders.topic())).isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        assertThat(catalog.refusal(new CatalogChange.DeleteQueue(new UUID(7, 7))))
                .isInstanceOf(BrokerError.UnknownQueue.class);
    }

    @Test
    void theMarkOfAnOwnedTopicStaysAndNobodyElseGetsIt() {
        var orders = catalog.queue("orders");
        var plain = catalog.topic("plain");
        catalog.change(
                new CatalogChange.ConfigureTopic(orders.topic(), Map.of("retention.ms", "5")));
        catalog.change(
                new CatalogChange.ConfigureTopic(plain, Map.of("sluice.retention", "consumed")));
        assertThat(catalog.state.topic("orders").orElseThrow().config())
                .isEqualTo(Map.of("retention.ms", "5", "sluice.retention", "consumed"));
        assertThat(catalog.state.topic("plain").orElseThrow().config()).isEmpty();
    }

    @Test
    void aDurableQueueCannotStandOnATransientTopic() {
        var replies = catalog.transientQueue("replies");
        var durable = catalog.on(replies.topic(), "audit", true);
        assertThat(catalog.refusal(new CatalogChange.DeclareQueue(durable)))
                .isInstanceOf(BrokerError.Invalid.class);
        catalog.declare(catalog.on(replies.topic(), "spy", false));
        catalog.change(new CatalogChange.DeleteQueue(replies.id()));
        assertThat(catalog.refusal(new CatalogChange.DeclareQueue(catalog.durable("replies"))))
                .isInstanceOf(BrokerError.Invalid.class);
    }

    @Test
    void namespacesKeepTheirNamesApart() {
        var elsewhere = catalog.queue("team", "orders", new UUID(2, 77), true, true);
        assertThat(catalog.refusal(new CatalogChange.DeclareQueue(elsewhere)))
                .isInstanceOf(BrokerError.Invalid.class);
        namespace("team", Map.of("description", "ours"));
        catalog.queue("orders");
        catalog.declare(elsewhere);
        assertThat(catalog.state.namespaces()).containsExactly("/", "team");
        assertThat(catalog.state.queues()).hasSize(2);
        assertThat(catalog.state.topic(Queue.topicName("team", "orders")).map(Topic::id))
                .contains(elsewhere.topic());
        assertThat(catalog.state.exchange("team", "amq.topic")).isPresent();
        assertThat(catalog.state.exchange("nowhere", "amq.topic")).isEmpty();
    }

    @Test
    void aNamespaceGoesWhenItIsEmpty() {
        namespace("team", Map.of("description", "ours"));
        var queue = catalog.declare(catalog.queue("team", "q", new UUID(2, 77), true, true));
        var forget = new CatalogChange.Configure("namespace", "team", Map.of());
        assertThat(catalog.refusal(forget)).isInstanceOf(BrokerError.InUse.class);
        catalog.change(new CatalogChange.DeleteQueue(queue.id()));
        catalog.change(forget);
        assertThat(catalog.state.namespaces()).containsExactly("/");
        namespace("/", Map.of());
        assertThat(catalog.state.namespaces()).containsExactly("/");
    }

    @Test
    void theMatchingPolicyOfTheHighestPriorityApplies() {
        var queue = catalog.queue("orders.eu");
        policy("low", "^orders", "all", 1, Map.of("definition.message-ttl", "100"));
        policy("high", "eu$", "queues", 5, Map.of("definition.message-ttl", "200"));
        policy("higher", "eu$", "exchanges", 9, Map.of("definition.message-ttl", "300"));
        policy("quorum", "eu$", "quorum_queues", 9, Map.of("definition.message-ttl", "400"));
        policy("other", "^bills", "queues", 9, Map.of("definition.message-ttl", "500"));
        assertThat(catalog.state.settings(queue).messageTtlMillis()).isEqualTo(200);
        assertThat(catalog.state.policy("/", "queues", "orders.eu").map(Policy::name))
                .contains("high");
        assertThat(catalog.state.policy("/", "exchanges", "orders.eu").map(Policy::name))
                .contains("higher");
        assertThat(catalog.state.policy("/", "queues", "nothing")).isEmpty();
        assertThat(catalog.state.policy("team", "queues", "orders.eu")).isEmpty();
        catalog.change(new CatalogChange.Configure(Policy.KIND, "/\u0000high", Map.of()));
        assertThat(catalog.state.settings(queue).messageTtlMillis()).isEqualTo(100);
    }

    @Test
    void aPolicyWhosePatternCannotBeReadIsRefused() {
        var broken = new CatalogChange.Configure(Policy.KIND, "/\u0000p", Map.of("pattern", "(("));
        assertThat(catalog.refusal(broken)).isInstanceOf(BrokerError.Invalid.class);
    }

    private void namespace(String name, Map<String, String> settings) {
        catalog.change(new CatalogChange.Configure("namespace", name, settings));
    }

    private void policy(
            String name, String pattern, String to, int priority, Map<String, String> definition) {
        var settings = new TreeMap<>(definition);
        settings.put("pattern", pattern);
        settings.put("apply-to", to);
        settings.put("priority", Integer.toString(priority));
        catalog.change(new CatalogChange.Configure(Policy.KIND, "/\u0000" + name, settings));
    }
}
