package io.sluice.engine.shard;

import static io.sluice.engine.shard.Bench.batch;
import static io.sluice.engine.shard.Bench.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AppendAndFetchTest {
    private final Bench bench = new Bench();

    @Test
    void anAppendIsAnsweredWhenItIsDurableAndNotBefore() {
        var partition = bench.partition("orders");
        var reply = bench.append(partition, batch("a", "b"));
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        assertThat(bench.read(partition, 0)).isEmpty();
        bench.quiet();
        assertThat(reply.value().baseOffset()).isZero();
        assertThat(bench.read(partition, 0)).containsExactly(0L, 1L);
    }

    @Test
    void appendsGetOffsetsInTheOrderOfTheCalls() {
        var partition = bench.partition("orders");
        var first = bench.append(partition, batch("a", "b"));
        var second = bench.append(partition, batch("c"));
        bench.quiet();
        assertThat(first.value().baseOffset()).isZero();
        assertThat(second.value().baseOffset()).isEqualTo(2);
    }

    @Test
    void anAppendThatExpectsAnotherOffsetIsRefused() {
        var partition = bench.partition("journal");
        bench.appendDurably(partition, batch("a"));
        var reply = new Answered<Append.Appended>();
        var bytes = ByteBuffer.allocate(batch("b").bytes()).put(batch("b").slice()).flip();
        bench.broker.append(new Append(partition, Buffer.unpooled(bytes), 5), reply);
        bench.quiet();
        assertThat(reply.error()).isEqualTo(new BrokerError.OffsetOutOfRange(5, 0, 1));
    }

    @Test
    void anUnknownPartitionIsRefused() {
        var nowhere = new PartitionId(new UUID(9, 9), 0);
        var append = bench.append(nowhere, batch("a"));
        var fetch = bench.fetch(1, 1_000, want(nowhere, 0));
        bench.quiet();
        assertThat(append.error()).isInstanceOf(BrokerError.UnknownPartition.class);
        assertThat(fetch.answer(0)).isInstanceOf(Fetch.Answer.Refused.class);
    }

    @Test
    void aDuplicateOfABatchThatIsNotDurableYetWaitsForIt() {
        var partition = bench.partition("orders");
        var first = bench.append(partition, batch(77, 0, "a"));
        var again = bench.append(partition, batch(77, 0, "a"));
        bench.turn();
        assertThat(again.isThere()).isFalse();
        bench.quiet();
        assertThat(first.value().duplicate()).isFalse();
        assertThat(again.value().duplicate()).isTrue();
        assertThat(again.value().baseOffset()).isEqualTo(first.value().baseOffset());
        assertThat(bench.read(partition, 0)).containsExactly(0L);
    }

    @Test
    void aFetchAtTheEndWaitsForTheNextAppend() {
        var partition = bench.partition("orders");
        var fetch = bench.fetch(1, 10_000, want(partition, 0));
        bench.append(partition, batch("a"));
        bench.turn();
        assertThat(fetch.isThere()).isFalse();
        bench.quiet();
        assertThat(fetch.offsets(0)).containsExactly(0L);
    }

    @Test
    void aFetchGivesUpWaitingAtItsTime() {
        var partition = bench.partition("orders");
        var fetch = bench.fetch(1, 500, want(partition, 0));
        bench.pass(499);
        assertThat(fetch.isThere()).isFalse();
        bench.pass(1);
        assertThat(fetch.offsets(0)).isEmpty();
    }

    @Test
    void aFetchWaitsForTheBytesItWantsOverAllItsPartitions() {
        var topic = bench.topic("orders", 4, Map.of());
        int bytes = batch("0123456789").bytes();
        var wants = new Fetch.Want[4];
        for (int index = 0; index < 4; index++) {
            wants[index] = want(new PartitionId(topic, index), 0);
        }
        bench.appendDurably(new PartitionId(topic, 3), batch("0123456789"));
        var fetch = bench.fetch(3 * bytes, 10_000, wants);
        bench.appendDurably(new PartitionId(topic, 0), batch("0123456789"));
        assertThat(fetch.isThere()).isFalse();
        bench.appendDurably(new PartitionId(topic, 1), batch("0123456789"));
        assertThat(fetch.offsets(0)).containsExactly(0L);
        assertThat(fetch.offsets(1)).containsExactly(0L);
        assertThat(fetch.offsets(2)).isEmpty();
        assertThat(fetch.offsets(3)).containsExactly(0L);
    }

    @Test
    void theFirstBatchIsReturnedEvenIfLargerThanEveryLimitAndNoOther() {
        var topic = bench.topic("orders", 2, Map.of());
        bench.appendDurably(new PartitionId(topic, 0), batch("0123456789"));
        bench.appendDurably(new PartitionId(topic, 1), batch("0123456789"));
        var reply = new Answered<List<Fetch.Answer>>();
        bench.broker.fetch(
                new Fetch(
                        List.of(
                                want(new PartitionId(topic, 0), 0),
                                want(new PartitionId(topic, 1), 0)),
                        1,
                        10,
                        1_000),
                reply);
        bench.turn();
        var fetch = new Bench.Waiting(reply, () -> {});
        assertThat(fetch.offsets(0).size() + fetch.offsets(1).size()).isEqualTo(1);
    }

    @Test
    void aRecordThatComesWhileAFetchIsOnItsWayToWaitIsNotMissed() {
        var topic = bench.topic("orders", 2, Map.of());
        var even = new PartitionId(topic, 0);
        var odd = new PartitionId(topic, 1);
        var first = bench.hostedBy(even).index() == 0 ? even : odd;
        var shard = bench.hostedBy(first);
        var reply = new Answered<List<Fetch.Answer>>();
        bench.broker.fetch(
                new Fetch(List.of(want(even, 0), want(odd, 0)), 1, 1_000, 10_000), reply);
        shard.turn();
        bench.append(first, batch("a"));
        shard.turn();
        bench.store.settle();
        shard.turn();
        assertThat(reply.isThere()).isFalse();
        bench.turn();
        assertThat(reply.isThere()).isTrue();
    }

    @Test
    void aFetchThatIsEndedAnswersWithWhatIsThere() {
        var topic = bench.topic("orders", 2, Map.of());
        var fetch =
                bench.fetch(
                        1_000_000,
                        10_000,
                        want(new PartitionId(topic, 0), 0),
                        want(new PartitionId(topic, 1), 0));
        bench.appendDurably(new PartitionId(topic, 1), batch("a"));
        assertThat(fetch.isThere()).isFalse();
        fetch.end().run();
        bench.turn();
        assertThat(fetch.offsets(0)).isEmpty();
        assertThat(fetch.offsets(1)).containsExactly(0L);
        fetch.end().run();
        bench.turn();
    }

    @Test
    void aFetchBeyondTheEndIsRefusedAtOnce() {
        var partition = bench.partition("orders");
        var fetch = bench.fetch(1, 10_000, want(partition, 1));
        assertThat(fetch.answer(0))
                .isEqualTo(new Fetch.Answer.Refused(new BrokerError.OffsetOutOfRange(1, 0, 0)));
    }

    @Test
    void aFetchThatWaitsForADeletedTopicIsTold() {
        var topic = bench.topic("orders", 2, Map.of());
        var fetch =
                bench.fetch(
                        1,
                        10_000,
                        want(new PartitionId(topic, 0), 0),
                        want(new PartitionId(topic, 1), 0));
        bench.change(new CatalogChange.DeleteTopic(topic));
        bench.quiet();
        assertThat(fetch.answer(0)).isInstanceOf(Fetch.Answer.Refused.class);
        assertThat(bench.store.names()).noneMatch(name -> name.startsWith("p."));
    }

    @Test
    void aTaskRunsBehindWhatWasAskedBefore() {
        var partition = bench.partition("offsets");
        var order = new ArrayList<String>();
        bench.append(partition, batch("a"));
        assertThat(bench.broker.execute(partition, () -> order.add("task"))).isTrue();
        bench.turn();
        assertThat(order).containsExactly("task");
    }
}
