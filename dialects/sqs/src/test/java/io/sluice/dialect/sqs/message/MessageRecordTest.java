package io.sluice.dialect.sqs.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Messages of SQS as records, and any record as a message of SQS.
class MessageRecordTest {
    private static final QueuePart PART = new QueuePart(new UUID(1, 1), new UUID(2, 2), 0);
    private static final UUID ID = new UUID(3, 4);

    @Test
    void aMessageIsReceivedAsItWasSent() {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        attributes.put("text", new MessageAttribute.Text("String", "tëxt"));
        attributes.put("number", new MessageAttribute.Text("Number.int", "42"));
        attributes.put("bytes", new MessageAttribute.Binary("Binary.gif", bytes(0xFF, 0, 1)));
        attributes.put("message-id", new MessageAttribute.Text("String", "mine"));
        attributes.put("sluice", new MessageAttribute.Text("String", "mine too"));
        var sent =
                new MessageToSend(
                        utf8("bödy"),
                        attributes,
                        Map.of("AWSTraceHeader", new MessageAttribute.Text("String", "Root=1")),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.of("group"));

        var received = received(record(sent, 0, Optional.empty(), Optional.empty()));

        assertThat(received.body()).isEqualTo(utf8("bödy"));
        assertThat(received.attributes()).containsExactlyEntriesOf(attributes);
        assertThat(received.messageId()).isEqualTo(ID.toString());
        assertThat(received.senderId()).contains("sender");
        assertThat(received.groupId()).contains("group");
        assertThat(received.trace()).contains("Root=1");
        assertThat(received.sentMillis()).isEqualTo(1_000);
        assertThat(received.deduplicationId()).isEmpty();
        assertThat(received.deadLetterSource()).isEmpty();
    }

    @Test
    void aDelayIsInItsEnvelope() {
        var record = record(plain(), 9_000, Optional.empty(), Optional.empty());
        var header = header(read(record), Envelope.HEADER);
        var envelope = Envelope.of(header);
        assertThat(envelope.notBeforeMillis()).isEqualTo(9_000);
        assertThat(envelope.routingKeys()).containsExactly("queue");
        assertThat(received(record).attributes()).isEmpty();
    }

    @Test
    void aMessageThatIsToBeThereOnceSaysSoInItsRecord() {
        var record = record(plain(), 0, Optional.of("dedup"), Optional.of(new Once(5, 6, ID)));
        var key = header(read(record), Once.HEADER);
        assertThat(new long[] {key.getLong(), key.getLong(), key.getLong(), key.getLong()})
                .containsExactly(5, 6, 3, 4);
        assertThat(received(record).deduplicationId()).contains("dedup");
    }

    @Test
    void whatKafkaWroteHasItsHeadersForAttributesAndAnIdMadeOfItsPlace() {
        var batch =
                new BatchBuilder(Compression.NONE, 7, 0)
                        .add(
                                5,
                                "key".getBytes(UTF_8),
                                "value".getBytes(UTF_8),
                                new Header("text", utf8("a")),
                                new Header("bytes", bytes(0xFF)),
                                new Header("empty", utf8("")),
                                new Header("nothing", null));
        var received = received(batch);
        assertThat(received.attributes())
                .containsExactly(
                        Map.entry("text", new MessageAttribute.Text("String", "a")),
                        Map.entry("bytes", new MessageAttribute.Binary("Binary", bytes(0xFF))));
        assertThat(received.groupId()).contains("key");
        assertThat(received.messageId()).isEqualTo(new UUID(2, 7).toString());
        assertThat(received.senderId()).isEmpty();
        assertThat(received.body()).isEqualTo(utf8("value"));
    }

    @Test
    void aRecordOfNothingIsAnEmptyMessageWithoutAGroup() {
        var received =
                received(
                        new BatchBuilder(Compression.NONE, 0, 0).add(5, bytes(0xFF).array(), null));
        assertThat(received.body().hasRemaining()).isFalse();
        assertThat(received.groupId()).isEmpty();
        assertThat(received.attributes()).isEmpty();
    }

    @Test
    void aKeyThatIsNoTextForAnAnswerIsNoGroup() {
        var number = ByteBuffer.allocate(Long.BYTES).putLong(42).array();
        var received = received(new BatchBuilder(Compression.NONE, 0, 0).add(5, number, null));
        assertThat(received.groupId()).isEmpty();
    }

    @Test
    void anIdThatAnApplicationOfAmqpChoseIsKeptOnlyWhereItLooksLikeOne() {
        var uuid = UUID.randomUUID().toString();
        for (var id : new String[] {uuid, "order 1"}) {
            var batch =
                    new BatchBuilder(Compression.NONE, 0, 0)
                            .add(5, null, new byte[0], new Header("message-id", utf8(id)));
            assertThat(received(batch).messageId().equals(id)).isEqualTo(id.equals(uuid));
        }
    }

    @Test
    void partsOfOneQueueGiveDifferentIds() {
        var batch = new BatchBuilder(Compression.NONE, 0, 0).add(5, null, new byte[0]);
        var other = new ReceivedRecord(new QueuePart(PART.queue(), PART.topic(), 1), read(batch));
        assertThat(other.messageId()).isNotEqualTo(received(batch).messageId());
    }

    @Test
    void sequenceNumbersHaveTwentyDigitsAndGrow() {
        assertThat(ReceivedRecord.sequenceNumber(0)).isEqualTo("00000000000000000001");
        assertThat(ReceivedRecord.sequenceNumber(9)).isEqualTo("00000000000000000010");
        assertThat(ReceivedRecord.sequenceNumber(Long.MAX_VALUE - 1))
                .isEqualTo("09223372036854775807");
    }

    private static MessageToSend plain() {
        return new MessageToSend(
                utf8("x"),
                Map.of(),
                Map.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static BatchBuilder record(
            MessageToSend message,
            long notBeforeMillis,
            Optional<String> deduplicationId,
            Optional<Once> once) {
        var batch = new BatchBuilder(Compression.NONE, 0, 1_000);
        new MessageRecord(ID, message, "sender", "queue", notBeforeMillis, deduplicationId, once)
                .addTo(batch, 1_000);
        return batch;
    }

    private static ReceivedRecord received(BatchBuilder batch) {
        return new ReceivedRecord(PART, read(batch));
    }

    private static Records read(BatchBuilder batch) {
        var records = batch.build().recordsFrom(RecordBatch.HEADER_BYTES);
        assertThat(records.next()).isTrue();
        return records;
    }

    private static ByteBuffer header(Records record, String name) {
        return Objects.requireNonNull(record.header(name.getBytes(UTF_8)), name);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static ByteBuffer bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(bytes);
    }
}
