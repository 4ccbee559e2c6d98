package io.sluice.dialect.kafka.data;

import static io.sluice.dialect.kafka.data.DataTable.batch;
import static io.sluice.dialect.kafka.data.DataTable.produceRequest;
import static io.sluice.dialect.kafka.data.DataTable.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Topic;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceTest {
    private static final int LENGTH = 8;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int MAX_TIMESTAMP = 35;
    private static final int PRODUCER_ID = 43;
    private static final int COUNT = 57;
    private static final int FIRST_RECORD = 61;

    private final DataTable table = new DataTable();
    private final Topic orders = table.create("orders", Map.of());

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void everyVersionAppendsAndTellsTheOffset(short version) {
        assertThat(table.produce(orders, batch("a", "b"), version).baseOffset()).isZero();

        var second = table.produce(orders, batch("c"), version);

        assertThat(Errors.forCode(second.errorCode())).isEqualTo(Errors.NONE);
        assertThat(second.baseOffset()).isEqualTo(2);
        assertThat(second.logAppendTimeMs()).isEqualTo(-1);
        assertThat(second.logStartOffset()).isEqualTo(version < 5 ? -1 : 0);
    }

    static Stream<Arguments> damage() {
        return Stream.of(
                damaged("a flipped bit", Errors.CORRUPT_MESSAGE, b -> b.put(80, (byte) ~b.get(80))),
                damaged("a wrong checksum", Errors.CORRUPT_MESSAGE, b -> b.putInt(CRC, 1)),
                damaged("an old magic", Errors.CORRUPT_MESSAGE, b -> b.put(MAGIC, (byte) 1)),
                damaged(
                        "a length beyond the end",
                        Errors.CORRUPT_MESSAGE,
                        b -> b.putInt(LENGTH, b.getInt(LENGTH) + 1)),
                damaged("a negative length", Errors.CORRUPT_MESSAGE, b -> b.putInt(LENGTH, -1)),
                damaged("a control batch", Errors.INVALID_RECORD, attributes(0x20)),
                damaged("a transactional batch", Errors.INVALID_TXN_STATE, attributes(0x10)),
                damaged("a time stamp of the broker's", Errors.INVALID_TIMESTAMP, attributes(0x08)),
                damaged("an unknown compression", Errors.CORRUPT_MESSAGE, attributes(0x07)),
                damaged("no records", Errors.INVALID_RECORD, sealed(b -> b.putInt(COUNT, 0))),
                damaged(
                        "offsets with holes",
                        Errors.INVALID_RECORD,
                        sealed(b -> b.putInt(LAST_OFFSET_DELTA, 7))),
                damaged(
                        "a producer without sequence",
                        Errors.INVALID_RECORD,
                        sealed(b -> b.putLong(PRODUCER_ID, 5))),
                damaged(
                        "a negative time",
                        Errors.INVALID_TIMESTAMP,
                        sealed(b -> b.putLong(MAX_TIMESTAMP, -7))),
                damaged(
                        "a record longer than the batch",
                        Errors.INVALID_RECORD,
                        sealed(b -> b.put(FIRST_RECORD, (byte) 100))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damage")
    void aDamagedBatchIsRefused(String what, Errors error, Consumer<ByteBuffer> harm) {
        var batch = batch("a", "b");
        harm.accept(batch);

        var answer = table.produce(orders, batch);

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(error);
        assertThat(answer.errorMessage()).isNotBlank();
        assertThat(answer.baseOffset()).isEqualTo(-1);
        assertThat(table.produce(orders, batch("c")).baseOffset())
                .as("nothing was appended")
                .isZero();
    }

    @Test
    void aPartitionTakesExactlyOneBatchPerRequest() {
        var one = batch("a");
        var two = ByteBuffer.allocate(2 * one.remaining()).put(one.duplicate()).put(one).flip();

        assertThat(errorOf(table.produce(orders, two))).isEqualTo(Errors.INVALID_RECORD);
        assertThat(errorOf(table.produce(orders, ByteBuffer.allocate(0))))
                .isEqualTo(Errors.INVALID_RECORD);
        assertThat(errorOf(table.produce(orders, null))).isEqualTo(Errors.INVALID_RECORD);
    }

    @Test
    void aTopicThatIsNotThereIsUnknownByNameOrById() {
        var nowhere = new Topic(new UUID(3, 3), "nowhere", 2, Map.of(), 0);

        assertThat(errorOf(table.produce(nowhere, batch("a"), (short) 12)))
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(errorOf(table.produce(nowhere, batch("a"), (short) 13)))
                .isEqualTo(Errors.UNKNOWN_TOPIC_ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
    void aPartitionThatIsNotThereIsUnknown(int partition) {
        var answer =
                ask(
                        produceRequest(
                                orders,
                                partition,
                                batch("a"),
                                DataTable.NEWEST_PRODUCE,
                                (short) 1));

        assertThat(errorOf(answer)).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void acksAreAllOneOrNone() {
        var answer = ask(produceRequest(orders, 0, batch("a"), (short) 9, (short) 2));

        assertThat(errorOf(answer)).isEqualTo(Errors.INVALID_REQUIRED_ACKS);
    }

    @Test
    void theBrokersOwnTopicsAreNotWrittenTo() {
        var offsets = table.create("__consumer_offsets", Map.of());

        assertThat(errorOf(table.produce(offsets, batch("a"))))
                .isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void aBatchLargerThanTheTopicAllowsIsTooLarge() {
        var small = table.create("small", Map.of("max.message.bytes", "200"));

        assertThat(errorOf(table.produce(small, batch("x".repeat(300)))))
                .isEqualTo(Errors.MESSAGE_TOO_LARGE);
    }

    @Test
    void zstdNeedsAVersionThatKnowsIt() {
        var zstd = batch(Compression.zstd().build(), System.currentTimeMillis(), "a");

        assertThat(errorOf(table.produce(orders, zstd.duplicate(), (short) 6)))
                .isEqualTo(Errors.UNSUPPORTED_COMPRESSION_TYPE);
        assertThat(errorOf(table.produce(orders, zstd, (short) 7))).isEqualTo(Errors.NONE);
    }

    @Test
    void timesBeyondTheTopicsLimitsAreInvalid() {
        var strict =
                table.create(
                        "strict",
                        Map.of(
                                "message.timestamp.before.max.ms", "60000",
                                "message.timestamp.after.max.ms", "60000"));
        var now = System.currentTimeMillis();

        assertThat(errorOf(table.produce(strict, batch(Compression.NONE, now - 3_600_000, "old"))))
                .isEqualTo(Errors.INVALID_TIMESTAMP);
        assertThat(errorOf(table.produce(strict, batch(Compression.NONE, now + 3_600_000, "new"))))
                .isEqualTo(Errors.INVALID_TIMESTAMP);
        assertThat(errorOf(table.produce(strict, batch(Compression.NONE, now, "now"))))
                .isEqualTo(Errors.NONE);
    }

    @Test
    void aCompactedTopicNamesTheRecordsWithoutKey() {
        var compacted = table.create("compacted", Map.of("cleanup.policy", "compact"));
        var records =
                MemoryRecords.withRecords(
                        Compression.gzip().build(),
                        new SimpleRecord(1, utf8("k"), utf8("a")),
                        new SimpleRecord(2, null, utf8("b")),
                        new SimpleRecord(3, null, utf8("c")));

        var answer = table.produce(compacted, records.buffer());

        assertThat(errorOf(answer)).isEqualTo(Errors.INVALID_RECORD);
        assertThat(answer.recordErrors()).extracting(e -> e.batchIndex()).containsExactly(1, 2);
        assertThat(errorOf(table.produce(compacted, batch("with key")))).isEqualTo(Errors.NONE);
    }

    @Test
    void brokenCompressedRecordsAreCorruptWhereTheyAreLookedAt() {
        var compacted = table.create("compacted", Map.of("cleanup.policy", "compact"));
        var batch = batch(Compression.gzip().build(), 1, "a");
        sealed(b -> b.putInt(FIRST_RECORD, 0x12345678)).accept(batch);

        assertThat(errorOf(table.produce(compacted, batch))).isEqualTo(Errors.CORRUPT_MESSAGE);
    }

    @Test
    void aTopicMayGiveRecordsTheTimeOfTheirArrival() {
        var stamped = table.create("stamped", Map.of("message.timestamp.type", "LogAppendTime"));
        var before = System.currentTimeMillis();

        var answer = table.produce(stamped, batch(Compression.NONE, 5, "a"));

        assertThat(answer.logAppendTimeMs()).isBetween(before, System.currentTimeMillis());
        assertThat(errorOf(answer)).isEqualTo(Errors.NONE);
    }

    @Test
    void aTopicMayStoreUnderAnotherCompression() {
        var zipped = table.create("zipped", Map.of("compression.type", "gzip"));

        var answer = table.produce(zipped, batch("a".repeat(10_000)));

        assertThat(errorOf(answer)).isEqualTo(Errors.NONE);
        assertThat(FetchTest.stored(table, zipped))
                .singleElement()
                .satisfies(
                        batch -> {
                            assertThat(batch.compressionType().name).isEqualTo("gzip");
                            assertThat(batch.sizeInBytes()).isLessThan(1_000);
                        });
    }

    @Test
    void whatTheBrokerRefusesIsToldInKafkasWords() {
        table.broker.refuseWith(new BrokerError.StorageFull("no room"));

        var answer = table.produce(orders, batch("a"));

        assertThat(errorOf(answer)).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
        assertThat(answer.errorMessage()).isEqualTo("no room");
    }

    private PartitionProduceResponse ask(ProduceRequest request) {
        return table.ask(request, ProduceResponse.class)
                .data()
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .getFirst();
    }

    private static Errors errorOf(PartitionProduceResponse answer) {
        return Errors.forCode(answer.errorCode());
    }

    private static Arguments damaged(String what, Errors error, Consumer<ByteBuffer> harm) {
        return Arguments.of(what, error, harm);
    }

    private static Consumer<ByteBuffer> attributes(int bits) {
        return sealed(batch -> batch.putShort(ATTRIBUTES, (short) bits));
    }

    /// Harm with a right checksum over it.
    private static Consumer<ByteBuffer> sealed(Consumer<ByteBuffer> harm) {
        return batch -> {
            harm.accept(batch);
            var crc = new CRC32C();
            crc.update(batch.slice(ATTRIBUTES, batch.limit() - ATTRIBUTES));
            batch.putInt(CRC, (int) crc.getValue());
        };
    }
}
