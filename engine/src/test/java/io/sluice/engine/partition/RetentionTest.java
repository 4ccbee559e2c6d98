package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final int BATCH_BYTES = 70_000;

    @Test
    void whatIsTooOldGoesAndTheNewestMayGoToo() throws IOException {
        var host = host(Map.of("retention.ms", "1000"));
        assertThat(host.partition.retention(host.now)).isEmpty();
        assertThat(host.partition.retention(host.now + 1000 - 5))
                .hasValue(new PartitionFact.StartMoved(4));
        assertThat(host.partition.retention(host.now + 1001))
                .hasValue(new PartitionFact.StartMoved(10));
    }

    @Test
    void asMuchStaysAsTheTopicAsksFor() throws IOException {
        var host = host(Map.of("retention.ms", "-1", "retention.bytes", "" + 3 * BATCH_BYTES));
        assertThat(host.partition.retention(host.now + 1_000_000))
                .hasValue(new PartitionFact.StartMoved(7));
        host.journal(new PartitionFact.StartMoved(7));
        assertThat(host.partition.retention(host.now)).isEmpty();
        assertThat(host.partition.status().bytes()).isEqualTo(3L * BATCH_BYTES);
    }

    @Test
    void whatIsNotDurableStays() throws IOException {
        var host = host(Map.of("retention.ms", "1000"));
        append(host);
        assertThat(host.partition.retention(host.now + 2000))
                .hasValue(new PartitionFact.StartMoved(10));
        host.journal(new PartitionFact.StartMoved(10));
        assertThat(host.partition.retention(host.now + 9000)).isEmpty();
    }

    @Test
    void withoutLimitsOrWithoutDeletionEverythingStays() throws IOException {
        var endless = host(Map.of("retention.ms", "-1"));
        assertThat(endless.partition.retention(Long.MAX_VALUE)).isEmpty();
        var compacted = host(Map.of("retention.ms", "1", "cleanup.policy", "compact"));
        assertThat(compacted.partition.retention(compacted.now + 1000)).isEmpty();
    }

    @Test
    void changedSettingsCountAtOnce() throws IOException {
        var host = host(Map.of());
        host.partition.configure(TopicSettings.of(Map.of("retention.bytes", "0")));
        assertThat(host.partition.retention(host.now)).hasValue(new PartitionFact.StartMoved(10));
    }

    @Test
    void aCompactedAndDeletedTopicLosesItsOldCleanRecordsToo() throws IOException {
        var host =
                host(
                        Map.of(
                                "cleanup.policy",
                                "compact,delete",
                                "segment.bytes",
                                "1",
                                "retention.ms",
                                "1000"));
        assertThat(host.compact(1 << 20)).isTrue();
        append(host);
        host.tail.forceAll();
        assertThat(host.partition.retention(host.now + 1000 - 5))
                .hasValue(new PartitionFact.StartMoved(4));
        host.journal(new PartitionFact.StartMoved(4));
        assertThat(host.read(4, 1).getFirst().baseOffset()).isEqualTo(4);
        assertThat(host.partition.retention(host.now + 5000))
                .hasValue(new PartitionFact.StartMoved(11));
    }

    /// Ten batches of one record, each larger than an interval of the index, a millisecond apart, the last one now.
    private static Host host(Map<String, String> config) throws IOException {
        var host = new Host(config);
        for (int i = 0; i < 10; i++) {
            host.now++;
            append(host);
        }
        host.tail.forceAll();
        return host;
    }

    private static void append(Host host) {
        var key =
                ("key " + host.partition.nextOffset() + " ")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var empty =
                new BatchBuilder(Compression.NONE, 0, host.now)
                        .add(host.now, key, new byte[69_000])
                        .build();
        int missing = BATCH_BYTES - empty.bytes();
        host.append(
                new BatchBuilder(Compression.NONE, 0, host.now)
                        .add(host.now, key, new byte[69_000 + missing])
                        .build());
    }
}
