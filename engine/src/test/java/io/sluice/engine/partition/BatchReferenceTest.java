package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchReferenceTest {
    private final Host host = new Host(Map.of());

    BatchReferenceTest() throws IOException {}

    @Test
    void aReferenceIsReadAsTheBatchThatItStandsFor() {
        host.appendDurably(batch("plain"));
        host.appendReference(batch("a", "b"));
        host.appendDurably(batch("plain again"));
        host.appendReference(batch("c"));

        assertThat(host.tail.end()).isLessThan(4L * 90 + 60);
        assertThat(values(host.read(0, 1 << 20)))
                .containsExactly("plain", "a", "b", "plain again", "c");
        assertThat(host.read(2, 1 << 20).getFirst().baseOffset()).isEqualTo(1);
    }

    @Test
    void aReadOfReferencesKeepsToItsLimitButGivesOneBatch() {
        for (int i = 0; i < 10; i++) {
            host.appendReference(batch("x".repeat(1000)));
        }

        assertThat(host.read(0, 3500)).hasSize(3);
        assertThat(host.read(3, 10)).hasSize(1);
        assertThat(host.read(4, 1 << 20)).hasSize(6);
        assertThat(host.partition.readable(4)).isGreaterThan(6000);
    }

    @Test
    void aStartFindsReferencesBehindTheCheckpointAndBeforeIt() throws IOException {
        host.appendReference(batch("a"));
        host.appendReference(batch("b"));
        host.journal(host.partition.checkpointNow().orElseThrow());
        host.appendReference(batch("c"));

        host.restart();

        assertThat(host.partition.damages()).isEmpty();
        assertThat(values(host.read(0, 1 << 20))).containsExactly("a", "b", "c");
        assertThat(host.partition.bodyLogs()).containsExactly(Host.BODY_LOG);
        assertThat(host.partition.bodiesNeededFrom(Host.BODY_LOG)).isZero();
    }

    @Test
    void bodiesAreNeededUntilTheStartHasPassedThem() throws IOException {
        for (int i = 0; i < 4; i++) {
            host.appendReference(batch("x".repeat(700_000)));
        }
        host.appendDurably(batch("plain"));
        long third = 2 * (host.bodyLog.end() / 4);

        host.journal(new PartitionFact.StartMoved(1));
        assertThat(host.partition.bodiesNeededFrom(Host.BODY_LOG)).isZero();
        host.journal(new PartitionFact.StartMoved(2));
        assertThat(host.partition.bodiesNeededFrom(Host.BODY_LOG)).isEqualTo(third);
        host.restart();
        assertThat(host.partition.bodiesNeededFrom(Host.BODY_LOG)).isEqualTo(third);
        host.journal(host.partition.checkpointNow().orElseThrow());
        host.restart();
        assertThat(host.partition.bodiesNeededFrom(Host.BODY_LOG)).isEqualTo(third);
        host.journal(new PartitionFact.StartMoved(4));
        assertThat(host.partition.bodyLogs()).isEmpty();
    }

    @Test
    void aRewrittenPartitionNeedsNoBodies() throws IOException {
        host.appendReference(batch("a", "b", "c"));
        host.appendReference(batch("d"));
        host.appendReference(batch("e", "f"));
        var target = new MemoryLog(LogNames.clean(Host.ID, 1));
        host.cleans.put(target.name(), target);

        var running = host.keepOnly(target, 6, 1, 2, 3, 5);
        while (!host.stepped(running, 1 << 20)) {
            target.forceAll();
        }

        assertThat(host.partition.bodyLogs()).isEmpty();
        assertThat(values(all())).containsExactly("b", "c", "d", "f");
        host.bodyLog.trim(host.bodyLog.end());
        host.restart();
        assertThat(values(all())).containsExactly("b", "c", "d", "f");
    }

    @Test
    void timesAreFoundInReferences() throws IOException {
        host.appendReference(at(1_000, "a"));
        host.appendReference(at(2_000, "b"));

        assertThat(host.partition.offset(new OffsetQuery.AtTime(1_500)).offset()).isEqualTo(1);
        assertThat(host.partition.offset(new OffsetQuery.Newest()).timestampMillis())
                .isEqualTo(2_000);
    }

    @Test
    void bodiesThatAreDamagedOrGoneAreNotGivenToAnybody() {
        host.appendReference(batch("a"));
        host.appendReference(batch("b"));
        host.bodyLog.flip(host.bodyLog.end() - 3);

        assertThat(values(host.read(0, 1 << 20))).containsExactly("a");
        assertThat(host.partition.read(1, 1 << 20)).isInstanceOf(Fetch.Answer.Refused.class);
        host.bodyLog.trim(5);
        assertThat(host.partition.read(0, 1 << 20)).isInstanceOf(Fetch.Answer.Refused.class);
    }

    @Test
    void aDamagedReferenceIsSteppedOver() throws IOException {
        host.appendReference(batch("a"));
        host.appendReference(batch("b"));
        host.appendReference(batch("c"));
        host.tail.flip(BatchReference.BYTES + 70);

        host.restart();

        assertThat(host.partition.damages()).hasSize(1);
        assertThat(values(host.read(2, 1 << 20))).containsExactly("c");
    }

    @Test
    void noClientCanSendOne() {
        var reference = BatchReference.of(batch("a").whole());
        assertThat(Parsed.of(reference)).isEqualTo(new Parsed.Malformed("magic 82 instead of 2"));
    }

    @Test
    void aReferenceKeepsItsLayout() throws IOException {
        var whole = batch("a").whole();
        var reference = BatchReference.of(whole);
        BatchReference.leadTo(new BodyPlace(0x2_0001, 0x0102030405060708L, 9), reference);

        assertThat(reference.capacity()).isEqualTo(81);
        assertThat(reference.getInt(8)).isEqualTo(81 - 12);
        assertThat(reference.get(16)).isEqualTo((byte) 0x52);
        assertThat(reference.slice(17, 44)).isEqualTo(whole.slice(17, 44));
        assertThat(reference.getInt(61)).isEqualTo(0x2_0001);
        assertThat(reference.getLong(65)).isEqualTo(0x0102030405060708L);
        assertThat(reference.getInt(73)).isEqualTo(9);
        assertThat(BatchReference.isIntact(reference, 0)).isTrue();
        assertThatThrownBy(() -> BatchReference.whole(reference.put(70, (byte) 9), 0, Bodies.NONE))
                .isInstanceOf(CorruptDataException.class);
    }

    @Test
    void manyReferencesAreRememberedCoarsely() {
        var index = new BodyIndex();
        for (int i = 0; i < 3 * BodyIndex.ENTRIES_MAX; i++) {
            index.add(i, i + 1, new BodyPlace(1, (long) i << 20, 1 << 20));
        }
        index.dropBefore(10);

        assertThat(index.size()).isLessThanOrEqualTo(BodyIndex.ENTRIES_MAX);
        assertThat(index.neededFrom(1)).isBetween(4L << 20, 10L << 20);
        assertThat(index.bytesFrom(0))
                .isGreaterThanOrEqualTo((3L * BodyIndex.ENTRIES_MAX - 10) << 20);
    }

    private List<RecordBatch> all() {
        var all = new ArrayList<RecordBatch>();
        for (long offset = host.partition.startOffset();
                offset < host.partition.highWatermark();
                offset = all.getLast().nextOffset()) {
            all.addAll(host.read(offset, 1 << 20));
        }
        return all;
    }

    private static RecordBatch batch(String... values) {
        return at(1_700_000_000_000L, values);
    }

    private static RecordBatch at(long time, String... values) {
        var builder = new BatchBuilder(Compression.NONE, 0, time);
        for (var value : values) {
            builder.add(time, null, value.getBytes(StandardCharsets.UTF_8));
        }
        return builder.build();
    }

    private static List<String> values(List<RecordBatch> batches) {
        var values = new ArrayList<String>();
        for (var batch : batches) {
            var records = batch.recordsFrom(RecordBatch.HEADER_BYTES);
            while (records.next()) {
                ByteBuffer value = records.value();
                assert value != null : "every record here has one";
                values.add(StandardCharsets.UTF_8.decode(value).toString());
            }
        }
        return values;
    }
}
