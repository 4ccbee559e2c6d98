package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What queues do that share groups need: begin in the middle of a topic, begin anew, extend leases, obey a group's settings.
final class ShareQueueTest {
    private static final long LEASE = 30_000;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final UUID topic = bench.topic("t", 1, Map.of());
    private int ids;

    @Test
    void aQueueBeginsAtItsStartOffset() {
        publish("a", "b", "c");
        var part = declare(2).part(0);

        publish("d");

        assertThat(queues.receive(part, 10, LEASE, 0).bodies()).containsExactly("c", "d");
    }

    @Test
    void whatLayBeforeTheStartDoesNotComeAfterACrash() {
        publish("a", "b", "c", "d");
        var part = declare(1).part(0);

        bench.crash();

        assertThat(queues.status(part).ready()).isEqualTo(3);
        var owner = bench.broker.queues().nextConsumerId();
        assertThat(receive(part, owner, 1)).containsExactly("b");
        settle(part, owner, Settlement.ACCEPTED, 1);
        bench.crash();
        assertThat(queues.receive(part, 10, LEASE, 0).bodies()).containsExactly("c", "d");
    }

    @Test
    void aKeyedQueueBeginsAtItsStartOffsetToo() {
        publish("a", "b", "c");
        var part = declare(1, Map.of("x-sluice-order", "\"key\"")).part(0);

        assertThat(queues.receive(part, 10, LEASE, 0).bodies()).containsExactly("b", "c");
        bench.crash();
        assertThat(queues.status(part).leased()).isEqualTo(2);
        assertThat(queues.status(part).ready()).isZero();
    }

    @Test
    void whatTakesAQueuesPlaceBeginsAnewWithItsNameAndItsBindings() {
        publish("a", "b", "c");
        var before = declare(0);
        var _ = queues.receive(before.part(0), 3, LEASE, 0).bodies();
        change(
                new CatalogChange.DeclareExchange(
                        new Exchange("/", "x", ExchangeType.FANOUT, true, false, false, Map.of())));
        change(new CatalogChange.Bind(new Binding("/", "x", before.name(), true, "", Map.of())));

        var after = queue(1, Map.of());
        change(new CatalogChange.ReplaceQueue(before.id(), after));

        assertThat(queues.receive(after.part(0), 10, LEASE, 0).bodies()).containsExactly("b", "c");
        assertThat(bench.broker.catalog().queue(before.id())).isEmpty();
        assertThat(bench.broker.catalog().bindings("/")).hasSize(1);
        var gone = new Answered<QueueStatus>();
        bench.broker.queues().status(before.part(0), gone);
        bench.quiet();
        assertThat(gone.error()).isInstanceOf(BrokerError.UnknownQueue.class);
        bench.crash();
        assertThat(bench.broker.catalog().bindings("/")).hasSize(1);
        assertThat(queues.status(after.part(0)).leased()).isEqualTo(2);
    }

    @Test
    void anotherNameCannotTakeItsPlace() {
        var before = declare(0);
        var other =
                new Queue(
                        new UUID(7, 7),
                        "/",
                        "other",
                        topic,
                        false,
                        true,
                        false,
                        false,
                        Map.of(),
                        0);

        var reply = bench.change(new CatalogChange.ReplaceQueue(before.id(), other));
        bench.quiet();

        assertThat(reply.error()).isInstanceOf(BrokerError.Invalid.class);
    }

    @Test
    void anExtendedLeaseEndsLater() {
        publish("a");
        var part = declare(0).part(0);
        var owner = bench.broker.queues().nextConsumerId();
        assertThat(receive(part, owner, 1)).containsExactly("a");

        bench.pass(LEASE - 1_000);
        settle(part, owner, new Settlement.Extended(LEASE), 0);
        bench.pass(LEASE - 1_000);
        assertThat(queues.status(part).leased()).isEqualTo(1);
        bench.pass(2_000);

        assertThat(queues.status(part).ready()).isEqualTo(1);
    }

    @Test
    void nobodyExtendsALeaseOfSomebodyElse() {
        publish("a");
        var part = declare(0).part(0);
        assertThat(receive(part, bench.broker.queues().nextConsumerId(), 1)).hasSize(1);

        settle(part, bench.broker.queues().nextConsumerId(), new Settlement.Extended(LEASE * 2), 0);
        bench.pass(LEASE + 1_000);

        assertThat(queues.status(part).ready()).isEqualTo(1);
    }

    @Test
    void aGroupsSettingsAreItsQueuesAtOnceAndNobodyElses() {
        publish("a");
        var part = declare(0).part(0);
        var other = queues.subscribeTo(topic, "other");

        change(
                new CatalogChange.Configure(
                        Catalog.GROUP_KIND, "g", Map.of("share.delivery.count.limit", "2")));

        assertThat(triesOf(part)).isEqualTo(2);
        assertThat(triesOf(other)).isEqualTo(20);
        assertThat(settings(part).attemptsMax()).isEqualTo(2);
    }

    @Test
    void aGroupsSettingsGoBeforeItsTopics() {
        var configured =
                bench.topic(
                        "configured",
                        1,
                        Map.of("sluice.retry.initial.ms", "1000", "sluice.retry.max.ms", "9000"));
        change(
                new CatalogChange.Configure(
                        Catalog.GROUP_KIND, "g", Map.of("sluice.retry.initial.ms", "2000")));
        var queue =
                new Queue(
                        new UUID(8, 8),
                        "/",
                        "g/configured",
                        configured,
                        false,
                        true,
                        false,
                        false,
                        Map.of(),
                        Map.of(Queue.SHARE_GROUP, "\"g\""),
                        0);
        change(new CatalogChange.DeclareQueue(queue));

        var retry = settings(queue.part(0)).policy().retry();
        assertThat(retry.initialMillis()).isEqualTo(2_000);
        assertThat(retry.maxMillis()).isEqualTo(9_000);
    }

    @Test
    void aShareGroupsRecordIsDeliveredFiveTimes() {
        publish("a");

        assertThat(triesOf(declare(0).part(0))).isEqualTo(5);
    }

    /// How often the first message is handed out, twenty times at most.
    private int triesOf(QueuePart part) {
        int tries = 0;
        var owner = bench.broker.queues().nextConsumerId();
        while (tries < 20 && !receive(part, owner, 1).isEmpty()) {
            tries++;
            settle(part, owner, Settlement.RETURNED, 0);
        }
        return tries;
    }

    private QueueSettings settings(QueuePart part) {
        var catalog = bench.broker.catalog();
        return catalog.settings(catalog.queue(part.queue()).orElseThrow());
    }

    private Queue declare(long start) {
        return declare(start, Map.of());
    }

    private Queue declare(long start, Map<String, String> arguments) {
        var queue = queue(start, arguments);
        change(new CatalogChange.DeclareQueue(queue));
        return queue;
    }

    private Queue queue(long start, Map<String, String> arguments) {
        return new Queue(
                new UUID(5, ++ids),
                "/",
                "g/t",
                topic,
                false,
                true,
                false,
                false,
                arguments,
                Map.of(Queue.SHARE_GROUP, "\"g\"", Queue.START_OFFSETS, "\"" + start + "\""),
                0);
    }

    private void change(CatalogChange change) {
        var reply = bench.change(change);
        bench.quiet();
        var _ = reply.value();
    }

    private void publish(String... values) {
        for (var value : values) {
            bench.appendDurably(new PartitionId(topic, 0), Bench.batch(value));
        }
    }

    private List<String> receive(QueuePart part, long owner, int messagesMax) {
        var reply = new Answered<List<Delivery>>();
        var _ =
                bench.broker
                        .queues()
                        .receive(
                                part,
                                new Receive(owner, messagesMax, 1 << 20, LEASE, 0, 1_000),
                                reply);
        bench.quiet();
        return reply.value().stream()
                .flatMap(delivery -> QueueBench.bodies(delivery).stream())
                .toList();
    }

    private void settle(QueuePart part, long owner, Settlement.Outcome outcome, long offset) {
        var reply = new Answered<Integer>();
        bench.broker
                .queues()
                .settle(part, new Settlement(owner, new long[] {offset, offset}, outcome), reply);
        bench.quiet();
        var _ = reply.value();
    }
}
