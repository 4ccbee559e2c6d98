package io.sluice.schema.gate;

import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static io.sluice.schema.Running.append;
import static io.sluice.schema.Running.appended;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Once;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import io.sluice.schema.Running;
import io.sluice.schema.registry.CompiledSchemas;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.SchemaDraft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the door hands on of an append, and what it answers.
@Timeout(60)
final class GatedAppendTest {
    private static final Map<String, String> REJECT = Map.of("sluice.schema.type", "json");
    private static final Map<String, String> DEAD_LETTER =
            Map.of("sluice.schema.type", "json", "sluice.schema.on.invalid", "dead-letter");

    @TempDir Path directory;
    private Running running;
    private NotingBroker broker;
    private SchemaGate gate;

    @BeforeEach
    void start() throws IOException {
        running = new Running(directory);
        broker = new NotingBroker(running.broker());
        var compiled = new CompiledSchemas();
        gate = new SchemaGate(broker, compiled, Clock.system());
        var registry = new Registry(running.broker(), Runnable::run, compiled);
        for (var topic : List.of("orders", "more")) {
            var draft = new SchemaDraft(JSON, "{\"type\": \"integer\"}", List.of());
            registry.register(topic + "-value", draft).join();
        }
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void whatIsLeftOfABatchIsAppendedAsTheWholeWouldHaveBeen() {
        var partition = topic("orders", REJECT);
        var once = new Once(1, 2, UUID.randomUUID());
        appended(gate, apart(partition, batch("1", "x"), 0, true, true, once));
        appended(gate, apart(partition, batch("x", "2"), Append.ANYWHERE, false, false, null));
        var first = broker.noted().get(0).append();
        assertThat(first.expectedOffset()).isZero();
        assertThat(first.lax()).isTrue();
        assertThat(first.delayed()).isTrue();
        assertThat(first.once()).isEqualTo(once);
        var second = broker.noted().get(1).append();
        assertThat(second.expectedOffset()).isEqualTo(Append.ANYWHERE);
        assertThat(second.lax()).isFalse();
        assertThat(second.delayed()).isFalse();
        assertThat(second.once()).isNull();
    }

    @Test
    void aRecordThatIsLeftKeepsItsTimeKeyAndHeaders() {
        var partition = topic("orders", REJECT);
        var header = new Header("color", ByteBuffer.wrap(utf8("red")));
        var batch =
                new BatchBuilder(Compression.NONE, 0, 5)
                        .add(5, null, utf8("x"))
                        .add(9, utf8("key"), utf8("1"), header)
                        .build();
        appended(gate, apart(partition, batch, Append.ANYWHERE, false, false, null));
        var left = records(broker.noted().getFirst().batch());
        assertThat(left.next()).isTrue();
        assertThat(left.timestamp()).isEqualTo(9);
        assertThat(left.key()).isEqualTo(ByteBuffer.wrap(utf8("key")));
        assertThat(left.headers()).containsExactly(header);
        assertThat(left.next()).isFalse();
    }

    @Test
    void whereInvalidRecordsAreRefusedNoneOfThemIsADeadLetter() {
        var letters = letters("letters");
        var partition = topic("orders", REJECT);
        running.queue("workers", partition.topic(), false, to("letters"));
        assertThat(refusal(append(partition, batch("1", "x"))))
                .isInstanceOf(BrokerError.InvalidRecords.class);
        assertThat(running.values(letters)).isEmpty();
    }

    @Test
    void everyQueueThatSendsItsDeadLettersSomewhereHasOne() {
        var first = letters("first");
        var second = letters("second");
        var partition = topic("orders", DEAD_LETTER);
        running.queue("a", partition.topic(), false, to("first"));
        running.queue("b", partition.topic(), false, to("second"));
        appended(gate, append(partition, batch("x")));
        assertThat(running.values(first)).isEqualTo(Map.of(0L, "x"));
        assertThat(running.values(second)).isEqualTo(Map.of(0L, "x"));
    }

    @Test
    void whoseLetterIsRefusedHearsThatSomethingOfItIsNotSafe() {
        var letters = letters("letters");
        var partition = topic("orders", DEAD_LETTER);
        running.queue("workers", partition.topic(), false, to("letters"));
        broker.refuse(letters);
        assertThat(refusal(append(partition, batch("1", "x"))))
                .isInstanceOf(BrokerError.StorageFull.class);
        assertThat(refusal(append(partition, batch("x"))))
                .isInstanceOf(BrokerError.StorageFull.class);
    }

    @Test
    void whoseValidRecordsAreRefusedHearsOfThat() {
        letters("letters");
        var partition = topic("orders", DEAD_LETTER);
        running.queue("workers", partition.topic(), false, to("letters"));
        broker.refuse(partition);
        assertThat(refusal(append(partition, batch("1", "x"))))
                .isInstanceOf(BrokerError.StorageFull.class);
    }

    @Test
    void manyLettersAreSeveralBatchesThatEveryTopicTakes() {
        var letters = letters("letters");
        var partition = topic("orders", DEAD_LETTER);
        running.queue("workers", partition.topic(), false, to("letters"));
        var large = "x".repeat(100_000);
        appended(gate, append(partition, batch(large, large, large, large, large)));
        assertThat(running.values(letters).values()).hasSize(5).containsOnly(large);
        assertThat(broker.noted())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.batch().bytes()).isLessThan(300_000));
    }

    @Test
    void aLetterHasThePropertiesOfItsMessage() {
        letters("letters");
        var partition = topic("orders", DEAD_LETTER);
        running.queue("workers", partition.topic(), false, to("letters"));
        var properties = ByteBuffer.wrap(new byte[] {1, 2, 3});
        var envelope =
                EnvelopeWriter.write(7, -1, -1, "shop", List.of("order.new"), null, properties);
        appended(gate, append(partition, withHeader("x", envelope)));
        var letter = records(broker.noted().getFirst().batch());
        assertThat(letter.next()).isTrue();
        var its = Envelope.of(Objects.requireNonNull(letter.header(utf8(Envelope.HEADER))));
        assertThat(its.priority()).isEqualTo(7);
        assertThat(its.properties()).isEqualTo(properties);
    }

    @Test
    void aHeaderOfAKafkaClientThatHasTheEnvelopesNameIsNoReasonToFail() {
        var letters = letters("letters");
        var partition = topic("orders", DEAD_LETTER);
        running.queue("workers", partition.topic(), false, to("letters"));
        appended(gate, append(partition, withHeader("x", ByteBuffer.wrap(utf8("mine")))));
        assertThat(running.values(letters)).isEqualTo(Map.of(0L, "x"));
    }

    @Test
    void ofManyInvalidRecordsAllAreNamedAndTheFirstHundredAreExplained() {
        var partition = topic("orders", REJECT);
        var values = new String[150];
        Arrays.fill(values, "x");
        var refused = (BrokerError.InvalidRecords) refusal(append(partition, batch(values)));
        assertThat(refused.records())
                .extracting(BrokerError.InvalidRecord::index)
                .containsExactlyElementsOf(IntStream.range(0, 150).boxed().toList());
        assertThat(refused.records().get(99).message()).startsWith("not JSON");
        assertThat(refused.records().get(100).message())
                .isEqualTo("is not what the topic's schema demands either");
    }

    @Test
    void aBatchThatUnpacksToTooMuchIsCorrupt() {
        var partition = topic("orders", REJECT);
        var large = new byte[1 << 20];
        Arrays.fill(large, (byte) '1');
        var bomb = new BatchBuilder(Compression.ZSTD, 0, 5);
        for (int i = 0; i < 64; i++) {
            bomb.add(5, null, large);
        }
        assertThat(refusal(append(partition, bomb.build())))
                .isInstanceOf(BrokerError.Corrupt.class);
    }

    @Test
    void aBatchThatCannotBeUnpackedIsCorruptAndGoesNoFurther() {
        var partition = topic("orders", REJECT);
        var batch = new BatchBuilder(Compression.GZIP, 0, 5).add(5, null, utf8("1")).build();
        var bytes = batch.whole();
        bytes.put(RecordBatch.HEADER_BYTES, (byte) 0);
        assertThat(refusal(append(partition, RecordBatch.view(bytes, 0))))
                .isInstanceOf(BrokerError.Corrupt.class);
        assertThat(broker.noted()).isEmpty();
    }

    @Test
    void ofSeveralTopicsEachOutcomeIsThatOfItsPartition() {
        var partitions =
                List.of(
                        topic("orders", REJECT),
                        topic("free", Map.of()),
                        topic("more", REJECT),
                        topic("open", Map.of()));
        appended(gate, append(partitions.get(1), batch("0")));
        appended(gate, append(partitions.get(2), batch("0")));
        var outcomes = toAll(partitions, batch("x"), false);
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Refused.class);
        assertThat(baseOffset(outcomes.get(1))).isEqualTo(1);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Refused.class);
        assertThat(baseOffset(outcomes.get(3))).isZero();
    }

    @Test
    void ofSeveralTopicsThatDemandASchemaEachStoresItsOwnOffsets() {
        var orders = topic("orders", REJECT);
        var more = topic("more", REJECT);
        appended(gate, append(more, batch("0")));
        toAll(List.of(orders, more), batch("1", "2"), false);
        assertThat(running.values(orders)).isEqualTo(Map.of(0L, "1", 1L, "2"));
        assertThat(running.values(more)).isEqualTo(Map.of(0L, "0", 1L, "1", 2L, "2"));
    }

    @Test
    void whatIsDelayedForSeveralTopicsIsDelayedBehindTheDoorToo() {
        toAll(List.of(topic("orders", REJECT), topic("free", Map.of())), batch("1"), true);
        assertThat(broker.noted()).hasSize(1);
        assertThat(broker.noted().getFirst().append().delayed()).isTrue();
    }

    private List<Outcome> toAll(List<PartitionId> partitions, RecordBatch batch, boolean delayed) {
        return Running.answer(
                reply ->
                        gate.appendToAll(
                                new AppendToAll(
                                        partitions, Buffer.unpooled(batch.whole()), false, delayed),
                                reply));
    }

    private static long baseOffset(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var appended) -> appended.baseOffset();
            case Outcome.Refused(var error) -> throw new AssertionError("refused: " + error);
        };
    }

    private PartitionId topic(String name, Map<String, String> config) {
        return new PartitionId(running.topic(name, config), 0);
    }

    private PartitionId letters(String queue) {
        return new PartitionId(running.queue(queue, Map.of()).topic(), 0);
    }

    private BrokerError refusal(Append append) {
        return Running.<Append.Appended>refusal(reply -> gate.append(append, reply));
    }

    private static Append apart(
            PartitionId partition,
            RecordBatch batch,
            long expectedOffset,
            boolean lax,
            boolean delayed,
            @Nullable Once once) {
        return new Append(
                partition,
                Buffer.unpooled(batch.whole()),
                expectedOffset,
                lax,
                delayed,
                once,
                true);
    }

    private static Map<String, String> to(String queue) {
        return Map.of(
                "x-dead-letter-exchange", "\"\"", "x-dead-letter-routing-key", "\"" + queue + "\"");
    }

    private static Records records(RecordBatch batch) {
        return ((Unpacked.Intact) Unpacked.of(batch, 1 << 20)).records();
    }

    private static RecordBatch withHeader(String value, ByteBuffer header) {
        return new BatchBuilder(Compression.NONE, 0, 5)
                .add(5, null, utf8(value), new Header(Envelope.HEADER, header))
                .build();
    }

    private static RecordBatch batch(String... values) {
        var batch = new BatchBuilder(Compression.NONE, 0, 5);
        for (var value : values) {
            batch.add(5, null, utf8(value));
        }
        return batch.build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
