package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Once;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Messages that are to be there once.
final class OnceTest {
    private static final UUID FIRST = new UUID(7, 1);
    private static final UUID SECOND = new UUID(7, 2);
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart queue = queues.declare("q", Map.of("x-sluice-order", "\"key\""));

    @Test
    void theSameMessageWithinFiveMinutesIsNotAppendedAgain() {
        var first = sent("a", 1, FIRST);
        var again = sent("a", 1, SECOND);
        assertThat(first.duplicate()).isFalse();
        assertThat(again.duplicate()).isTrue();
        assertThat(again.baseOffset()).isEqualTo(first.baseOffset());
        assertThat(again.first()).contains(FIRST);
        assertThat(sent("b", 2, SECOND).duplicate()).isFalse();
        assertThat(queues.drain(queue)).containsExactly("a", "b");
    }

    @Test
    void oneThatIsOnItsWaySharesItsFateWithItsRepetition() {
        var first = send("a", 1, FIRST);
        var again = send("a", 1, SECOND);
        bench.quiet();
        assertThat(first.value().duplicate()).isFalse();
        assertThat(again.value().first()).contains(FIRST);
        assertThat(queues.drain(queue)).containsExactly("a");
    }

    @Test
    void itStaysKnownWhenItIsConsumed() {
        sent("a", 1, FIRST);
        assertThat(queues.drain(queue)).containsExactly("a");
        bench.pass(60_000);
        assertThat(sent("a", 1, SECOND).duplicate()).isTrue();
        assertThat(queues.drain(queue)).isEmpty();
    }

    @Test
    void afterFiveMinutesItIsAnotherMessage() {
        sent("a", 1, FIRST);
        bench.pass(Once.WINDOW_MILLIS - 1_000);
        assertThat(sent("a", 1, SECOND).duplicate()).isTrue();
        bench.pass(2_000);
        assertThat(sent("a", 1, SECOND).duplicate()).isFalse();
        assertThat(queues.drain(queue)).containsExactly("a", "a");
    }

    @Test
    void aRestartForgetsNothingOfIt() {
        sent("a", 1, FIRST);
        assertThat(queues.drain(queue)).containsExactly("a");
        bench.pass(1_000);
        bench.restart();
        assertThat(sent("a", 1, SECOND).first()).contains(FIRST);
        bench.crash();
        assertThat(sent("a", 1, SECOND).first()).contains(FIRST);
        bench.pass(Once.WINDOW_MILLIS);
        assertThat(sent("a", 1, SECOND).duplicate()).isFalse();
    }

    /// The message's own record says what the journal did not get to say.
    @Test
    void aCrashRightBehindTheMessageForgetsNothingOfIt() {
        var reply = send("a", 1, FIRST);
        bench.quiet();
        reply.value();
        bench.crash();
        assertThat(sent("a", 1, SECOND).first()).contains(FIRST);
        assertThat(queues.drain(queue)).containsExactly("a");
    }

    @Test
    void whatCouldNotBeStoredMayComeAgain() {
        bench.store.full(true);
        var refused = send("a", 1, FIRST);
        bench.quiet();
        assertThat(refused.error()).isNotNull();
        bench.store.full(false);
        bench.pass(10_000);
        assertThat(sent("a", 1, SECOND).duplicate()).isFalse();
        bench.crash();
        assertThat(sent("a", 1, FIRST).first()).contains(SECOND);
        assertThat(queues.drain(queue)).containsExactly("a");
    }

    @Test
    void aPurgeForgetsThem() {
        sent("a", 1, FIRST);
        var purged = new Answered<Long>();
        bench.broker.queues().purge(queue, purged);
        bench.quiet();
        assertThat(purged.value()).isEqualTo(1);
        bench.crash();
        assertThat(sent("a", 1, SECOND).duplicate()).isFalse();
        assertThat(queues.drain(queue)).containsExactly("a");
    }

    @Test
    void aMessageThatIsTriedAgainIsNoRepetition() {
        sent("a", 1, FIRST);
        for (int tries = 0; tries < 3; tries++) {
            var got = queues.receive(queue, 1, 1_000, 0);
            assertThat(got.bodies()).containsExactly("a");
            assertThat(sent("a", 1, SECOND).duplicate()).isTrue();
            bench.pass(1_000);
        }
        assertThat(queues.drain(queue)).containsExactly("a");
    }

    private Appended sent(String body, long key, UUID id) {
        var reply = send(body, key, id);
        bench.quiet();
        return reply.value();
    }

    private Answered<Appended> send(String body, long key, UUID id) {
        var once = new Once(key, -key, id);
        var header =
                ByteBuffer.allocate(4 * Long.BYTES)
                        .putLong(once.keyHigh())
                        .putLong(once.keyLow())
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .flip();
        long now = bench.clock.millis();
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        batch.add(
                now,
                "group".getBytes(StandardCharsets.UTF_8),
                body.getBytes(StandardCharsets.UTF_8),
                new Header(Once.HEADER, header));
        var reply = new Answered<Appended>();
        bench.broker.append(
                new Append(
                        queue.partition(),
                        Buffer.unpooled(batch.build().whole()),
                        Append.ANYWHERE,
                        false,
                        false,
                        once),
                reply);
        return reply;
    }
}
