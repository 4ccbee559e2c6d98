package io.sluice.engine.shard;

import static io.sluice.engine.shard.Bench.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CatalogTest {
    private final Bench bench = new Bench();

    @Test
    void aTopicIsServedWhenItsCreationIsAnswered() {
        var id = new UUID(1, 1);
        var reply = bench.change(new CatalogChange.CreateTopic(id, "orders", 3, Map.of()));
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        assertThat(bench.broker.catalog().topic("orders")).isEmpty();
        bench.quiet();
        assertThat(reply.value().topic("orders")).isPresent();
        bench.appendDurably(new PartitionId(id, 2), batch("a"));
    }

    @Test
    void theCatalogIsTheSameAfterACrash() {
        var orders = bench.topic("orders", 2, Map.of("retention.ms", "1000"));
        var gone = bench.topic("gone", 1, Map.of());
        bench.change(new CatalogChange.GrowTopic(orders, 4));
        bench.change(new CatalogChange.ConfigureTopic(orders, Map.of("retention.ms", "2000")));
        bench.change(new CatalogChange.Configure("group", "billing", Map.of("k", "v")));
        bench.change(new CatalogChange.DeleteTopic(gone));
        bench.quiet();
        var before = bench.broker.catalog();
        bench.crash();
        var after = bench.broker.catalog();
        assertThat(after.clusterId()).isEqualTo(before.clusterId());
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.topics()).containsExactlyElementsOf(before.topics());
        assertThat(after.topic(orders).map(Topic::partitions)).contains(4);
        assertThat(after.settings("group", "billing")).isEqualTo(Map.of("k", "v"));
        assertThat(after.configured("group")).containsExactly("billing");
        bench.appendDurably(new PartitionId(orders, 3), batch("a"));
    }

    @Test
    void aNameIsTakenFromTheMomentOfItsDecision() {
        var first = bench.change(new CatalogChange.CreateTopic(new UUID(1, 1), "a", 1, Map.of()));
        var second = bench.change(new CatalogChange.CreateTopic(new UUID(1, 2), "a", 1, Map.of()));
        bench.quiet();
        assertThat(first.value().topic("a").map(Topic::id)).contains(new UUID(1, 1));
        assertThat(second.error()).isEqualTo(new BrokerError.TopicExists("a"));
    }

    @Test
    void changesThatBecomeDurableTogetherArePublishedTogether() {
        var seen = new ArrayList<Catalog>();
        bench.broker.onCatalog(seen::add);
        bench.turn();
        assertThat(seen).hasSize(1);
        var replies = new ArrayList<Answered<Catalog>>();
        for (int i = 0; i < 1_000; i++) {
            replies.add(
                    bench.change(
                            new CatalogChange.CreateTopic(new UUID(1, i), "t" + i, 1, Map.of())));
        }
        bench.quiet();
        assertThat(replies).allMatch(Answered::isThere);
        assertThat(bench.broker.catalog().topics()).hasSize(1_000);
        assertThat(seen).hasSizeLessThan(20);
        assertThat(seen).isSortedAccordingTo((a, b) -> Long.compare(a.version(), b.version()));
    }

    @Test
    void deletedTopicsLeaveNothingBehind() {
        for (int i = 0; i < 50; i++) {
            var id = bench.topic("t" + i, 2, Map.of());
            bench.appendDurably(new PartitionId(id, 1), batch("a"));
            bench.change(new CatalogChange.DeleteTopic(id));
        }
        bench.quiet();
        assertThat(bench.store.names()).noneMatch(name -> name.startsWith("p."));
        assertThat(bench.broker.statistics()).allMatch(shard -> shard.partitions() == 0);
    }

    @Test
    void logsOfADeletionThatACrashInterruptedAreDeletedAtTheStart() throws Exception {
        bench.store.open("p." + new UUID(5, 5) + ".0");
        bench.store.open("c." + new UUID(5, 5) + ".0.3");
        var kept = bench.partition("kept");
        bench.appendDurably(kept, batch("a"));
        bench.crash();
        assertThat(bench.store.names())
                .filteredOn(name -> name.startsWith("p.") || name.startsWith("c."))
                .containsExactly("p." + kept.topic() + ".0");
    }

    @Test
    void aLostCatalogStopsTheStartAndDeletesNothing() {
        var kept = bench.partition("kept");
        bench.appendDurably(kept, batch("a"));
        bench.store.delete("catalog");
        bench.crash();
        assertThat(bench.broker.ready().toCompletableFuture()).isCompletedExceptionally();
        assertThat(bench.store.names()).contains("p." + kept.topic() + ".0");
    }

    @Test
    void aDamagedCatalogStopsTheStart() throws Exception {
        bench.partition("kept");
        bench.store.damage("catalog", bench.store.open("catalog").end() - 5);
        bench.crash();
        assertThat(bench.broker.ready().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aProducerIdIsNeverGivenTwice() {
        var given = new HashSet<Long>();
        for (int start = 0; start < 3; start++) {
            for (int i = 0; i < 1_500; i++) {
                var reply = new Answered<Long>();
                bench.broker.nextProducerId(reply);
                if (i % 7 == 0) {
                    bench.quiet();
                }
                bench.quiet();
                assertThat(given.add(reply.value())).isTrue();
            }
            bench.crash();
        }
    }

    @Test
    void theCatalogsLogStaysSmallHoweverManyChangesThereAre() throws Exception {
        for (int i = 0; i < 30_000; i++) {
            bench.change(new CatalogChange.Configure("group", "g", Map.of("k", "v" + i)));
            if (i % 1_000 == 0) {
                bench.quiet();
            }
        }
        bench.quiet();
        var log = bench.store.open("catalog");
        assertThat(log.end() - log.start()).isLessThan(1_200_000);
        bench.crash();
        assertThat(bench.broker.catalog().settings("group", "g")).isEqualTo(Map.of("k", "v29999"));
    }
}
