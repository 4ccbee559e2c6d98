package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// DeleteRecords as clients use and misuse it, on a partition of five records.
class DeleteRecordsTest {
    private final AdminTable table = new AdminTable();

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2})
    void everyVersionDeletesUpToAnOffset(short version) {
        fiveRecords("orders", Map.of());

        var result = ask("orders", 0, 3, version);

        assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.NONE);
        assertThat(result.lowWatermark()).isEqualTo(3);
    }

    @Test
    void minusOneDeletesEverything() {
        fiveRecords("orders", Map.of());

        assertThat(ask("orders", 0, -1, (short) 2).lowWatermark()).isEqualTo(5);
    }

    @Test
    void whatWasDeletedIsNotDeletedAgain() {
        fiveRecords("orders", Map.of());
        ask("orders", 0, 3, (short) 2);

        assertThat(ask("orders", 0, 1, (short) 2).lowWatermark()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"6", "-2", "9223372036854775807", "-9223372036854775808"})
    void anOffsetOutsideIsRefused(long offset) {
        fiveRecords("orders", Map.of());

        var result = ask("orders", 0, offset, (short) 2);

        assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
        assertThat(result.lowWatermark()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"nothing, 0", "orders, 1", "orders, -1"})
    void aPartitionThatDoesNotExistIsRefused(String topic, int partition) {
        fiveRecords("orders", Map.of());

        assertThat(Errors.forCode(ask(topic, partition, 0, (short) 2).errorCode()))
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void aTopicThatIsOnlyCompactedKeepsItsRecords() {
        fiveRecords("tables", Map.of("cleanup.policy", "compact"));
        fiveRecords("both", Map.of("cleanup.policy", "compact,delete"));

        assertThat(Errors.forCode(ask("tables", 0, 3, (short) 2).errorCode()))
                .isEqualTo(Errors.POLICY_VIOLATION);
        assertThat(Errors.forCode(ask("both", 0, 3, (short) 2).errorCode())).isEqualTo(Errors.NONE);
    }

    @Test
    void theGroupsOffsetsAreKept() {
        fiveRecords("__consumer_offsets", Map.of());

        assertThat(Errors.forCode(ask("__consumer_offsets", 0, 3, (short) 2).errorCode()))
                .isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
    }

    private DeleteRecordsPartitionResult ask(
            String topic, int partition, long offset, short version) {
        var data =
                new DeleteRecordsRequestData()
                        .setTopics(
                                List.of(
                                        new DeleteRecordsTopic()
                                                .setName(topic)
                                                .setPartitions(
                                                        List.of(
                                                                new DeleteRecordsPartition()
                                                                        .setPartitionIndex(
                                                                                partition)
                                                                        .setOffset(offset)))));
        return table.ask(
                        new DeleteRecordsRequest.Builder(data).build(version),
                        DeleteRecordsResponse.class)
                .data()
                .topics()
                .find(topic)
                .partitions()
                .find(partition);
    }

    private void fiveRecords(String name, Map<String, String> config) {
        var topic = table.create(name, 1, config);
        for (var i = 0; i < 5; i++) {
            append(topic);
        }
    }

    private void append(Topic topic) {
        var record = new SimpleRecord(1, "key".getBytes(StandardCharsets.UTF_8), new byte[] {1});
        var batch = MemoryRecords.withRecords(Compression.NONE, record).buffer();
        var done = new CompletableFuture<Appended>();
        table.broker.append(
                new Append(topic.partition(0), Buffer.unpooled(batch)),
                new Reply<>() {
                    @Override
                    public void done(Appended appended) {
                        done.complete(appended);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        done.completeExceptionally(new AssertionError(error.message()));
                    }
                });
        done.join();
    }
}
