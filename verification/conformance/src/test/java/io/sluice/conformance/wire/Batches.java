package io.sluice.conformance.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/// Produce requests by hand, one batch to partition 0 of a topic.
final class Batches {
    private static final short VERSION = 12;
    private static final int TIMEOUT_MILLIS = 30_000;

    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final short CONTROL = 0x20;

    private Batches() {}

    static MemoryRecords of(String... values) {
        return MemoryRecords.withRecords(Compression.NONE, records(values));
    }

    static MemoryRecords idempotent(long producer, int epoch, int sequence, String... values) {
        return MemoryRecords.withIdempotentRecords(
                Compression.NONE, producer, (short) epoch, sequence, records(values));
    }

    /// The answer to `records`, sent with acks=all.
    static PartitionProduceResponse produce(
            Wire wire, String topic, @Nullable MemoryRecords records) {
        return produce(wire, topic, (short) -1, records);
    }

    static PartitionProduceResponse produce(
            Wire wire, String topic, short acks, @Nullable MemoryRecords records) {
        var answer = wire.ask(request(topic, acks, records), ProduceResponse.class);
        return answer.data().responses().iterator().next().partitionResponses().getFirst();
    }

    static ProduceRequest request(String topic, short acks, @Nullable MemoryRecords records) {
        var data =
                new ProduceRequestData()
                        .setAcks(acks)
                        .setTimeoutMs(TIMEOUT_MILLIS)
                        .setTopicData(
                                new TopicProduceDataCollection(
                                        Arrays.asList(
                                                        new TopicProduceData()
                                                                .setName(topic)
                                                                .setTopicId(Uuid.ZERO_UUID)
                                                                .setPartitionData(
                                                                        Arrays.asList(
                                                                                new PartitionProduceData()
                                                                                        .setIndex(0)
                                                                                        .setRecords(
                                                                                                records))))
                                                .iterator()));
        return new ProduceRequest(data, VERSION);
    }

    /// `records` with one byte at `position` turned into something else.
    static MemoryRecords damaged(MemoryRecords records, int position) {
        var bytes = copy(records);
        bytes.put(position, (byte) (bytes.get(position) ^ 0x55));
        return MemoryRecords.readableRecords(bytes);
    }

    /// A batch that says it holds no records of a user but marks of the broker.
    static MemoryRecords control(String value) {
        var bytes = copy(of(value));
        bytes.putShort(ATTRIBUTES, CONTROL);
        var checksum = new CRC32C();
        checksum.update(bytes.duplicate().position(ATTRIBUTES));
        bytes.putInt(CRC, (int) checksum.getValue());
        return MemoryRecords.readableRecords(bytes);
    }

    static MemoryRecords twoBatches(MemoryRecords first, MemoryRecords second) {
        var one = copy(first);
        var two = copy(second);
        var both = ByteBuffer.allocate(one.remaining() + two.remaining()).put(one).put(two).flip();
        return MemoryRecords.readableRecords(both);
    }

    static ByteBuffer copy(MemoryRecords records) {
        var source = records.buffer().duplicate();
        return ByteBuffer.allocate(source.remaining()).put(source).flip();
    }

    private static SimpleRecord[] records(String... values) {
        return Arrays.stream(values)
                .map(
                        value ->
                                new SimpleRecord(
                                        System.currentTimeMillis(),
                                        null,
                                        value.getBytes(StandardCharsets.UTF_8)))
                .toArray(SimpleRecord[]::new);
    }
}
