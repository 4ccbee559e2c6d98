package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;

/// Random commands against a partition and against a list of records.
class PartitionModelTest {
    private static final long RETENTION_MILLIS = 60_000;

    private final List<Entry> kept = new ArrayList<>();
    private long start;
    private long durable;
    private long next;

    @RepeatedTest(20)
    void aPartitionBehavesLikeAListOfRecords() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var host =
                            new Host(
                                    Map.of(
                                            "retention.ms",
                                            "" + RETENTION_MILLIS,
                                            "max.message.bytes",
                                            "10000000"));
                    for (int i = 0; i < 400; i++) {
                        step(rng, host);
                        if (i % 10 == 0) {
                            check(rng, host);
                        }
                    }
                    readAll(rng, host);
                });
    }

    private void step(Rng rng, Host host) throws IOException {
        switch (rng.below(12)) {
            case 0, 1, 2, 3, 4 -> append(rng, host);
            case 5, 6 -> host.tail.force(1 + rng.below(4));
            case 7 -> host.now += rng.below(10_000);
            case 8 -> deleteRecords(rng, host);
            case 9 -> host.partition.retention(host.now).ifPresent(fact -> retained(host, fact));
            case 10 ->
                    (rng.chance(50) ? host.partition.checkpoint() : host.partition.checkpointNow())
                            .ifPresent(host::journal);
            case 11 -> {
                if (rng.chance(30)) {
                    if (rng.chance(50)) {
                        host.partition.checkpointNow().ifPresent(host::journal);
                    }
                    host.restart();
                    next = durable = host.partition.highWatermark();
                    kept.removeIf(it -> it.offset() >= durable);
                }
            }
            default -> throw new AssertionError();
        }
        assertThat(host.partition.highWatermark()).isGreaterThanOrEqualTo(durable);
        durable = host.partition.highWatermark();
    }

    private void append(Rng rng, Host host) {
        var batch = batch(rng, host.now);
        assertThat(host.append(batch)).isEqualTo(new Decision.Accept(next));
        kept.addAll(Entry.of(batch));
        next = batch.nextOffset();
        assertThat(host.partition.nextOffset()).isEqualTo(next);
    }

    static RecordBatch batch(Rng rng, long now) {
        var builder =
                new BatchBuilder(rng.chance(30) ? Compression.ZSTD : Compression.NONE, 0, now);
        int valueBytes = rng.chance(20) ? 5_000 : 100;
        for (int left = rng.below(rng.chance(10) ? 60 : 5); left >= 0; left--) {
            builder.add(now - rng.below(20_000), null, rng.bytes(rng.below(valueBytes)));
        }
        return builder.build();
    }

    private void deleteRecords(Rng rng, Host host) {
        if (!rng.chance(30)) {
            return;
        }
        long offset = rng.chance(40) ? -1 : rng.between(Math.max(0, start - 5), durable + 5);
        switch (host.partition.deleteRecords(offset)) {
            case Deletion.Moved(var fact) -> {
                assertThat(fact.offset()).isEqualTo(offset == -1 ? durable : offset);
                host.journal(fact);
                moved(fact.offset());
            }
            case Deletion.Unchanged(long is) ->
                    assertThat(is).isEqualTo(start).isGreaterThanOrEqualTo(offset);
            case Deletion.Refused(var error) -> {
                assertThat(error).isInstanceOf(BrokerError.OffsetOutOfRange.class);
                assertThat(offset).isGreaterThan(durable);
            }
        }
    }

    private void retained(Host host, PartitionFact.StartMoved fact) {
        assertThat(fact.offset()).isGreaterThan(start).isLessThanOrEqualTo(durable);
        assertThat(kept)
                .filteredOn(it -> it.offset() < fact.offset())
                .allMatch(it -> host.now - it.timestamp() > RETENTION_MILLIS);
        host.journal(fact);
        moved(fact.offset());
    }

    private void moved(long to) {
        start = to;
        kept.removeIf(it -> it.offset() < to);
    }

    private void check(Rng rng, Host host) throws IOException {
        assertThat(host.partition.startOffset()).isEqualTo(start);
        assertThat(host.partition.nextOffset()).isEqualTo(next);
        var visible = visible();
        for (int i = 0; i < 5; i++) {
            long offset = rng.between(start, durable);
            int max = rng.below(rng.chance(50) ? 2_000 : 200_000);
            var found = host.read(offset, max);
            var expected = visible.stream().filter(it -> it.offset() >= offset).toList();
            assertThat(Entry.of(found))
                    .filteredOn(it -> it.offset() >= offset)
                    .isEqualTo(
                            expected.subList(
                                    0,
                                    Math.min(
                                            expected.size(),
                                            (int)
                                                    Entry.of(found).stream()
                                                            .filter(it -> it.offset() >= offset)
                                                            .count())));
            assertThat(found.isEmpty()).isEqualTo(offset == durable);
            int bytes = found.stream().mapToInt(RecordBatch::bytes).sum();
            assertThat(found.size() <= 1 || bytes <= max).isTrue();
        }
        checkTimes(rng, host, visible);
        assertThat(host.partition.read(start - 1, 10)).isInstanceOf(Fetch.Answer.Refused.class);
        assertThat(host.partition.read(next + 1, 10)).isInstanceOf(Fetch.Answer.Refused.class);
    }

    private void checkTimes(Rng rng, Host host, List<Entry> visible) throws IOException {
        long time = host.now - rng.below(100_000);
        var since = visible.stream().filter(it -> it.timestamp() >= time).findFirst();
        assertThat(host.partition.offset(new OffsetQuery.AtTime(time)))
                .isEqualTo(
                        since.map(it -> new OffsetQuery.Answer(it.offset(), it.timestamp()))
                                .orElse(TimeSearch.NONE));
        var newest = visible.stream().reduce((a, b) -> b.timestamp() > a.timestamp() ? b : a);
        assertThat(host.partition.offset(new OffsetQuery.Newest()))
                .isEqualTo(
                        newest.map(it -> new OffsetQuery.Answer(it.offset(), it.timestamp()))
                                .orElse(TimeSearch.NONE));
    }

    private List<Entry> visible() {
        return kept.stream().filter(it -> it.offset() < durable).toList();
    }

    private void readAll(Rng rng, Host host) {
        var all = new ArrayList<Entry>();
        for (long offset = start; offset < durable; ) {
            long from = offset;
            var batches = host.read(offset, rng.below(100_000));
            all.addAll(Entry.of(batches).stream().filter(it -> it.offset() >= from).toList());
            offset = batches.getLast().nextOffset();
        }
        assertThat(all).isEqualTo(visible());
    }
}
