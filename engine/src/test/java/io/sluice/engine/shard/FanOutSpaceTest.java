package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import org.junit.jupiter.api.Test;

/// Bodies that queues share are given back when the last queue is done with them, and not before.
final class FanOutSpaceTest extends FanOutBench {
    @Test
    void spaceIsGivenBackWhenTheLastQueueHasConsumed() {
        publish(30);
        for (var part : parts.subList(1, QUEUES)) {
            queues.drain(part);
        }
        rest();
        long pinned = ofBodies(bench.hostedBy(parts.getFirst().partition()));
        long other = ofBodies() - pinned;

        assertThat(pinned).isGreaterThan(30L * BODY_BYTES);
        assertThat(other).isZero();
        queues.drain(parts.getFirst());
        rest();
        assertThat(ofBodies()).isZero();
    }

    @Test
    void spaceIsNotGivenBackBeforeTheFactsThatAllowItAreDurable() {
        publish(3);
        var clients = parts.stream().map(part -> queues.consume(part, 0)).toList();
        bench.quiet();
        for (var client : clients) {
            long last = client.deliveries.getLast().lastOffset();
            var ranges = new long[] {0, last};
            bench.broker
                    .queues()
                    .settle(
                            client.queue,
                            new Settlement(client.owner, ranges, Settlement.ACCEPTED));
        }
        for (int i = 0; i < 30; i++) {
            bench.clock.pass(100);
            bench.turn();
        }

        assertThat(ofBodies()).isGreaterThan(2L * 3 * BODY_BYTES);
        bench.crash();
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void anOldMessageDoesNotKeepTheBodiesBehindIt() {
        publish(1);
        var slow = parts.subList(0, 4);
        var quick = parts.subList(4, QUEUES);
        for (int i = 0; i < 100; i++) {
            append(quick.stream().map(QueuePart::partition).toList(), "y".repeat(BODY_BYTES));
        }
        quick.forEach(queues::drain);
        rest();
        assertThat(ofBodies()).isGreaterThan(2L * 100 * BODY_BYTES);

        for (int i = 0; i < 8; i++) {
            bench.pass(bench.settings.compactionMillis());
            rest();
        }

        assertThat(ofBodies()).isZero();
        bench.crash();
        assertThat(slow).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
        publish(1);
        assertThat(quick)
                .allSatisfy(part -> assertThat(queues.drain(part)).containsExactly(sent.getLast()));
    }

    @Test
    void messagesThatAreHeldDoNotKeepTheBodiesBehindThem() {
        publish(1);
        var held = parts.stream().map(part -> queues.consume(part, 1)).toList();
        bench.quiet();
        for (int i = 0; i < 100; i++) {
            append(allPartitions(), "y".repeat(BODY_BYTES));
            parts.forEach(queues::drain);
        }
        rest();
        assertThat(ofBodies()).isGreaterThan(2L * 100 * BODY_BYTES);

        for (int i = 0; i < 4; i++) {
            bench.pass(bench.settings.compactionMillis());
            rest();
        }

        assertThat(ofBodies()).isZero();
        held.forEach(Client::cancel);
        held.forEach(Client::release);
        assertThat(parts).allSatisfy(part -> assertThat(queues.drain(part)).isEqualTo(sent));
    }

    @Test
    void aDeletedQueueNeedsNothing() {
        publish(3);
        assertThat(ofBodies()).isGreaterThan(2L * 3 * BODY_BYTES);
        for (var part : parts) {
            var queue = part.queue();
            var reply = bench.change(new CatalogChange.DeleteQueue(queue));
            bench.quiet();
            reply.value();
        }
        rest();

        assertThat(ofBodies()).isZero();
    }
}
