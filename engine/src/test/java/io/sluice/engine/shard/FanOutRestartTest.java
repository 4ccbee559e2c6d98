package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.AppendToAll.Outcome;
import org.junit.jupiter.api.Test;

/// Bodies that queues share are there after kills, checkpoints and a full disk.
final class FanOutRestartTest extends FanOutBench {
    @Test
    void allIsThereAfterAKill() {
        publish(4);
        bench.crash();
        publish(3);
        bench.crash();

        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void allIsThereAfterACheckpointAndAKill() {
        publish(4);
        bench.restart();
        rest();
        assertThat(ofBodies()).isGreaterThan(2L * 4 * BODY_BYTES);
        assertThat(queues.drain(parts.getFirst())).isEqualTo(sent);
        publish(3);
        bench.crash();

        assertThat(parts.subList(1, QUEUES))
                .allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void anotherNumberOfShardsKeepsTheBodiesWhereTheyAre() {
        publish(3);
        bench.crash(3);
        publish(2);
        bench.crash(1);
        publish(2);

        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
        rest();
        bench.restart();
        assertThat(bench.store.names().stream().filter(name -> name.startsWith("b.")))
                .containsExactly("b.1.0");
        assertThat(ofBodies()).isZero();
    }

    @Test
    void aFullDiskLeavesNoReferenceWithoutItsBody() {
        publish(2);
        var reply = send(allPartitions(), batch("lost".repeat(1_000)));
        bench.turn();
        bench.store.full(true);
        // The bodies find no room. There would be some for the references.
        var first = bench.store.settleOne();
        bench.store.full(false);
        bench.quiet();

        assertThat(first).isTrue();
        assertThat(reply.value().stream().filter(Outcome.Refused.class::isInstance))
                .hasSizeGreaterThanOrEqualTo(4);
        rest();
        sent.clear();
        parts.forEach(queues::drain);
        publish(2);
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
        bench.crash();
        assertThat(bench.failures).isEmpty();
        assertThat(bench.hosted())
                .isNotEmpty()
                .allSatisfy(hosted -> assertThat(hosted.partition().damages()).isEmpty());
    }
}
