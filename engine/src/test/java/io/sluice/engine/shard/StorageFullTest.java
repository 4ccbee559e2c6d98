package io.sluice.engine.shard;

import static io.sluice.engine.shard.Bench.batch;
import static io.sluice.engine.shard.Bench.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class StorageFullTest {
    private final Bench bench = new Bench();

    @Test
    void aFullDiskRefusesWritesServesReadsAndTakesWritesAgainWhenThereIsRoom() {
        var partition = bench.partition("orders");
        bench.appendDurably(partition, batch("a"));
        bench.store.full(true);
        var first = bench.append(partition, batch("b"));
        var second = bench.append(partition, batch("c"));
        bench.quiet();
        assertThat(first.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(second.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(bench.read(partition, 0)).containsExactly(0L);
        bench.store.full(false);
        bench.pass(2_000);
        assertThat(bench.appendDurably(partition, batch("d")).baseOffset()).isEqualTo(1);
        assertThat(bench.read(partition, 0)).containsExactly(0L, 1L);
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void aBatchRefusedForWantOfRoomIsNoDuplicateWhenSentAgain() {
        var partition = bench.partition("orders");
        bench.store.full(true);
        var first = bench.append(partition, batch(7, 0, "a"));
        var again = bench.append(partition, batch(7, 0, "a"));
        bench.quiet();
        assertThat(first.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(again.error()).isInstanceOf(BrokerError.StorageFull.class);
        bench.store.full(false);
        bench.pass(2_000);
        assertThat(bench.appendDurably(partition, batch(7, 0, "a")).duplicate()).isFalse();
    }

    @Test
    void whoWaitsWhileTheDiskIsFullIsServedAfterwards() {
        var partition = bench.partition("orders");
        var fetch = bench.fetch(1, 60_000, want(partition, 0));
        bench.store.full(true);
        bench.append(partition, batch("a"));
        bench.quiet();
        bench.store.full(false);
        bench.pass(2_000);
        bench.appendDurably(partition, batch("b"));
        assertThat(fetch.offsets(0)).containsExactly(0L);
    }

    @Test
    void aFullDiskRefusesChangesAndFactsUntilThereIsRoom() {
        var partition = bench.partition("orders");
        bench.appendDurably(partition, batch("a", "b"));
        bench.appendDurably(partition, batch("c"));
        bench.store.full(true);
        var create =
                bench.change(new CatalogChange.CreateTopic(new UUID(1, 1), "new", 1, Map.of()));
        var delete = new Answered<Long>();
        bench.broker.deleteRecords(partition, 2, delete);
        bench.quiet();
        assertThat(create.error()).isInstanceOf(BrokerError.StorageFull.class);
        assertThat(delete.error()).isInstanceOf(BrokerError.StorageFull.class);
        bench.store.full(false);
        bench.pass(2_000);
        bench.topic("new", 1, Map.of());
        var again = new Answered<Long>();
        bench.broker.deleteRecords(partition, 2, again);
        bench.quiet();
        assertThat(again.value()).isEqualTo(2);
        bench.crash();
        assertThat(bench.broker.catalog().topic("new")).isPresent();
    }

    @Test
    void aFailedDiskRefusesEverythingAndTellsTheServerOnce() {
        var partition = bench.partition("orders");
        bench.store.fail();
        var first = bench.append(partition, batch("a"));
        var second = bench.append(partition, batch("b"));
        bench.quiet();
        assertThat(first.error()).isInstanceOf(BrokerError.StorageFailed.class);
        assertThat(second.error()).isInstanceOf(BrokerError.StorageFailed.class);
        assertThat(bench.append(partition, batch("c")).error())
                .isInstanceOf(BrokerError.StorageFailed.class);
        assertThat(bench.failures).hasSize(1);
    }
}
