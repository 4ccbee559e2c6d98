package io.sluice.engine.shard;

import static io.sluice.engine.shard.Bench.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MaintenanceTest {
    private static final String BODY = "x".repeat(10_000);
    private final Bench bench =
            new Bench(
                    new ShardSettings(
                            1,
                            true,
                            1_024,
                            1 << 20,
                            200_000,
                            30_000,
                            15_000,
                            86_400_000,
                            500,
                            1 << 20));

    @Test
    void recordsThatAreTooOldGoAtTheNextRound() {
        var partition = new PartitionId(bench.topic("t", 1, Map.of("retention.ms", "1000")), 0);
        bench.clock.pass(0);
        bench.appendDurably(partition, batch("a", "b"));
        bench.appendDurably(partition, batch("c"));
        bench.pass(31_000);
        assertThat(bench.read(partition, 3)).isEmpty();
        assertThat(bench.fetch(0, 0, Bench.want(partition, 0)).answer(0))
                .isInstanceOf(Fetch.Answer.Refused.class);
        bench.crash();
        assertThat(bench.appendDurably(partition, batch("d")).baseOffset()).isEqualTo(3);
    }

    @Test
    void whatARestartHasToLookThroughStaysBounded() throws IOException {
        var topic = bench.topic("t", 3, Map.of());
        for (int i = 0; i < 200; i++) {
            bench.appendDurably(new PartitionId(topic, i % 3), batch(BODY));
        }
        long behind = 0;
        for (var hosted : bench.hosted()) {
            behind += hosted.partition().bytesBehindCheckpoint();
        }
        assertThat(behind).isLessThanOrEqualTo(220_000);
        bench.crash();
        assertThat(bench.read(new PartitionId(topic, 0), 0)).hasSize(67);
    }

    @Test
    void theStateLogStaysSmallHoweverManyFactsThereAre() throws IOException {
        var topic = bench.topic("t", 3, Map.of());
        var idle = new PartitionId(topic, 2);
        bench.appendDurably(idle, batch("kept", "gone"));
        bench.broker.deleteRecords(idle, 1, new Answered<>());
        bench.quiet();
        var busy = new PartitionId(topic, 0);
        long facts = 0;
        var log = bench.hostedBy(busy).stateLog().entries();
        while (facts < 150_000) {
            for (int i = 0; i < 200; i++) {
                bench.append(busy, batch("a"));
            }
            bench.quiet();
            for (int i = 0; i < 200; i++) {
                bench.broker.deleteRecords(busy, ++facts, new Answered<>());
            }
            bench.quiet();
        }
        bench.pass(60_000);
        bench.pass(60_000);
        assertThat(log.end()).isGreaterThan(5_000_000);
        assertThat(log.end() - log.start()).isLessThan(4_300_000);
        bench.crash();
        assertThat(bench.appendDurably(idle, batch("c")).startOffset()).isEqualTo(1);
        assertThat(bench.appendDurably(busy, batch("b")).startOffset()).isEqualTo(facts);
    }

    @Test
    void tooManyBytesOnTheirWayToTheDiskAreRefused() {
        var partition = bench.partition("t");
        var replies = new ArrayList<Answered<?>>();
        for (int i = 0; i < 200; i++) {
            replies.add(bench.append(partition, batch(BODY)));
            bench.turn();
        }
        var refused = replies.stream().filter(Answered::isThere).toList();
        assertThat(refused).hasSizeBetween(90, 100);
        assertThat(refused).allMatch(reply -> reply.error() instanceof BrokerError.Overloaded);
        bench.quiet();
        bench.appendDurably(partition, batch(BODY));
    }

    @Test
    void tooManyCommandsAreRefusedAndNoneIsForgotten() {
        var partition = bench.partition("t");
        var replies = new ArrayList<Answered<?>>();
        for (int i = 0; i < 3_000; i++) {
            replies.add(bench.append(partition, batch("a")));
        }
        assertThat(replies).filteredOn(Answered::isThere).hasSize(3_000 - 1_024);
        bench.quiet();
        assertThat(replies).allMatch(Answered::isThere);
        assertThat(bench.read(partition, 0)).hasSize(1_024);
    }

    @Test
    void idleShardsHaveNothingToDoUntilTheNextRound() {
        bench.partition("t");
        assertThat(bench.idleMillis()).isBetween(14_000L, 30_000L);
    }
}
