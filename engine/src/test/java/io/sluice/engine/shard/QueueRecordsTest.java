package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What records may look like that a queue has to read, and in which order they may become durable.
final class QueueRecordsTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    /// As producers by Kafka may write them.
    private static final List<String> FORGED =
            List.of(
                    "",
                    "01",
                    "02",
                    "0102",
                    "010280",
                    "0103",
                    "010205",
                    "01080000060000007f00",
                    "01ff");

    @Test
    void forgedEnvelopesAreNoEnvelopes() {
        for (var arguments :
                List.of(
                        Map.<String, String>of(),
                        Map.of("x-max-priority", "5"),
                        Map.of("x-message-ttl", "60000"),
                        Map.of("x-max-length-bytes", "100000"))) {
            var queue = queues.declare("q" + arguments.hashCode(), arguments);
            for (var hex : FORGED) {
                var batch = new BatchBuilder(Compression.NONE, 0, bench.clock.millis());
                batch.add(bench.clock.millis(), null, bytes(hex), envelope(hex));
                append(queue, batch.build(), false, false);
                bench.quiet();
            }
            assertThat(bench.failures).isEmpty();
            assertThat(queues.drain(queue)).containsExactlyInAnyOrderElementsOf(FORGED);
        }
    }

    @Test
    void forgedEnvelopesDieLikeAllOthers() {
        var letters = queues.declare("letters", Map.of());
        var queue =
                queues.declare(
                        "q",
                        Map.of(
                                "x-dead-letter-exchange", "\"\"",
                                "x-dead-letter-routing-key", "\"letters\""));
        for (var hex : FORGED) {
            var batch = new BatchBuilder(Compression.NONE, 0, bench.clock.millis());
            batch.add(bench.clock.millis(), null, bytes(hex), envelope(hex));
            append(queue, batch.build(), false, false);
        }
        bench.quiet();
        var client = queues.consume(queue, 0);
        client.settle(Settlement.REJECTED, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        bench.pass(1_000);
        assertThat(bench.failures).isEmpty();
        assertThat(queues.drain(letters)).containsExactlyElementsOf(FORGED);
    }

    @Test
    void aBatchThatHasLostItsLastRecordsIsNotTheEndOfTheQueue() {
        var queue = queues.declare("q", Map.of());
        append(queue, withoutSome("a", "b", "-", "-"), false, false);
        append(queue, withoutSome("-", "c", "-", "d"), false, false);
        append(queue, withoutSome("-", "-", "-", "e"), false, false);
        bench.quiet();
        var client = queues.consume(queue, 1);
        for (long offset : new long[] {0, 1, 5, 7}) {
            client.settle(Settlement.ACCEPTED, offset);
        }
        assertThat(client.bodies()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void transientAndPersistentMessagesKeepTheirOrderWhicheverIsToldFirst() {
        for (var arguments : List.of(Map.<String, String>of(), Map.of("x-max-priority", "5"))) {
            var queue = queues.declare("q" + arguments.hashCode(), arguments);
            var client = queues.consume(queue, 0);
            append(queue, message("a", 1, 0), true, false);
            append(queue, message("b", 1, 0), false, false);
            append(queue, message("c", 1, 0), true, false);
            bench.quiet();
            append(queue, message("d", 1, 0), false, false);
            append(queue, message("e", 1, 0), true, false);
            append(queue, message("f", 1, 0), false, false);
            bench.quiet();
            assertThat(bench.failures).isEmpty();
            assertThat(client.bodies()).containsExactly("a", "b", "c", "d", "e", "f");
        }
    }

    @Test
    void delaysAreKeptWhenTransientAndPersistentMessagesAreMixed() {
        var queue = queues.declare("q", Map.of());
        long due = bench.clock.millis() + 1_000;
        var client = queues.consume(queue, 0);
        append(queue, message("late", 0, due), true, true);
        append(queue, message("later", 0, due + 1), false, true);
        append(queue, message("now", 0, 0), true, false);
        bench.quiet();
        assertThat(client.bodies()).containsExactly("now");
        bench.pass(1_100);
        assertThat(client.bodies()).containsExactly("now", "late", "later");
    }

    @Test
    void messagesInBorrowedMemoryAreLookedAtOnce() {
        var queue = queues.declare("q", Map.of("x-max-length-bytes", "1000"));
        long due = bench.clock.millis() + 1_000;
        borrowed(queue, message("late", 0, due), true);
        borrowed(queue, message("a".repeat(300), 0, 0), false);
        borrowed(queue, message("later", 0, due + 1), true);
        borrowed(queue, message("b".repeat(300), 0, 0), false);
        bench.quiet();
        assertThat(bench.failures).isEmpty();
        assertThat(queues.status(queue).readyBytes()).isEqualTo(600);
        assertThat(queues.status(queue).delayed()).isEqualTo(2);
    }

    @Test
    void prioritiesInBorrowedMemoryCount() {
        var queue = queues.declare("q", Map.of("x-max-priority", "5"));
        for (int i = 0; i < 3; i++) {
            borrowed(queue, message("low " + i, 1, 0), false);
            borrowed(queue, message("high " + i, 5, 0), false);
        }
        bench.quiet();
        assertThat(bench.failures).isEmpty();
        assertThat(queues.drain(queue))
                .containsExactly("high 0", "high 1", "high 2", "low 0", "low 1", "low 2");
    }

    // ---- what is appended

    private RecordBatch message(String body, int priority, long notBefore) {
        long now = bench.clock.millis();
        var envelope =
                EnvelopeWriter.write(
                        priority, -1, notBefore > 0 ? notBefore : -1, "", List.of("k"), null, null);
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        batch.add(now, null, bytes(body), new Header(Envelope.HEADER, envelope));
        return batch.build();
    }

    /// As compaction leaves them: a record for every body but `-`.
    private RecordBatch withoutSome(String... bodies) {
        var whole = Bench.batch(bodies);
        var kept = BatchBuilder.inPlaceOf(whole, RecordBatch.NO_TIMESTAMP);
        var records = whole.recordsFrom(RecordBatch.HEADER_BYTES);
        while (records.next()) {
            if (!Arrays.asList(bodies).get((int) records.offset()).equals("-")) {
                kept.copy(records);
            }
        }
        return kept.build();
    }

    private static Header envelope(String hex) {
        return new Header(Envelope.HEADER, ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private void append(QueuePart queue, RecordBatch batch, boolean lax, boolean delayed) {
        var bytes = ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip();
        bench.broker.append(
                new Append(
                        queue.partition(), Buffer.unpooled(bytes), Append.ANYWHERE, lax, delayed),
                new Answered<>());
    }

    /// From memory that is somebody else's as soon as it is released.
    private void borrowed(QueuePart queue, RecordBatch batch, boolean delayed) {
        var bytes = ByteBuffer.allocate(batch.bytes()).put(batch.slice()).flip();
        bench.broker.append(
                new Append(queue.partition(), new Borrowed(bytes), Append.ANYWHERE, false, delayed),
                new Answered<>());
    }

    private record Borrowed(ByteBuffer bytes) implements Buffer {
        @Override
        public void release() {
            Arrays.fill(bytes.array(), (byte) 0xEE);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
