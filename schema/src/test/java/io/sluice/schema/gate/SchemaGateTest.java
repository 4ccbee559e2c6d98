package io.sluice.schema.gate;

import static io.sluice.broker.policy.SchemaPolicy.Type.AVRO;
import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static io.sluice.schema.Running.append;
import static io.sluice.schema.Running.appended;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.base.Rng;
import io.sluice.broker.Append;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.schema.Running;
import io.sluice.schema.registry.CompiledSchemas;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.SchemaDraft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SchemaGateTest {
    private static final Map<String, String> REJECT = Map.of("sluice.schema.type", "json");
    private static final Map<String, String> DEAD_LETTER =
            Map.of("sluice.schema.type", "json", "sluice.schema.on.invalid", "dead-letter");

    @TempDir Path directory;
    private Running running;
    private SchemaGate gate;
    private Registry registry;
    private int id;

    @BeforeEach
    void start() throws IOException {
        running = new Running(directory);
        var compiled = new CompiledSchemas();
        gate = new SchemaGate(running.broker(), compiled, Clock.system());
        registry = new Registry(running.broker(), Runnable::run, compiled);
        id = register("orders-value", "{\"type\": \"integer\"}");
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void aTopicWithoutASchemaTakesAnything() {
        var partition = new PartitionId(running.topic("others", Map.of()), 0);
        appended(gate, append(partition, batch("x", "{")));
        assertThat(running.values(partition)).hasSize(2);
        assertThat(gate.statistics().records()).isZero();
    }

    @Test
    void aValidBatchIsTakenAsItIs() {
        var partition = orders(REJECT);
        assertThat(appended(gate, append(partition, batch("1", "2"))).baseOffset()).isZero();
        assertThat(running.values(partition)).isEqualTo(Map.of(0L, "1", 1L, "2"));
        assertThat(gate.statistics().valid()).isEqualTo(2);
        assertThat(gate.statistics().nanos()).isPositive();
    }

    @Test
    void ofABatchWithAnInvalidRecordNothingIsTakenAndTheErrorSaysWhichAndWhy() {
        var partition = orders(REJECT);
        var refused = refusal(append(partition, batch("1", "x", "2", "\"y\"")));
        assertThat(refused.records())
                .extracting(BrokerError.InvalidRecord::index)
                .containsExactly(1, 3);
        assertThat(refused.records().get(0).message()).startsWith("not JSON");
        assertThat(refused.records().get(1).message()).contains("integer");
        assertThat(refused.message()).startsWith("2 of 4 messages");
        assertThat(running.values(partition)).isEmpty();
    }

    @Test
    void compressedBatchesAreLookedIntoToo() {
        var partition = orders(REJECT);
        for (var compression : Compression.values()) {
            var batch = new BatchBuilder(compression, 0, 5).add(5, null, utf8("1")).build();
            appended(gate, append(partition, batch));
            var invalid = new BatchBuilder(compression, 0, 5).add(5, null, utf8("x")).build();
            assertThat(refusal(append(partition, invalid)).records()).hasSize(1);
        }
        assertThat(running.values(partition)).hasSize(Compression.values().length);
    }

    @Test
    void aTombstonePasses() {
        var partition = orders(REJECT);
        appended(
                gate,
                append(
                        partition,
                        new BatchBuilder(Compression.NONE, 0, 5).add(5, utf8("k"), null).build()));
        assertThat(running.values(partition)).isEqualTo(Map.of(0L, "null"));
    }

    @Test
    void aValueMayNameASchemaOfTheSubject() {
        var partition = orders(REJECT);
        int later = register("orders-value", "{\"type\": [\"integer\", \"boolean\"]}");
        int foreign = register("others-value", "{\"type\": \"integer\"}");
        int strange = register("others-value", "{\"type\": [\"integer\", \"null\"]}");
        assertThat(foreign).isEqualTo(id);
        appended(gate, append(partition, framed(id, "1")));
        appended(gate, append(partition, framed(later, "true")));
        assertThat(refusal(append(partition, framed(id, "true"))).records()).hasSize(1);
        assertThat(refusal(append(partition, framed(strange, "1"))).message())
                .contains("names the schema " + strange);
        assertThat(refusal(append(partition, framed(-1, "1"))).message()).contains("4294967295");
        assertThat(running.values(partition)).hasSize(2);
    }

    /// Avro in binary may look like it; and five bytes that name a schema may be all there is of a value.
    @Test
    void onlyAZeroByteAndANumberOfTheSubjectNameASchema() {
        var topic = running.topic("bytes", Map.of("sluice.schema.type", "avro"));
        var partition = new PartitionId(topic, 0);
        int five =
                register(
                        "bytes-value",
                        AVRO,
                        "{\"type\": \"fixed\", \"name\": \"Five\", \"size\": 5}");
        appended(
                gate,
                append(
                        partition,
                        bytes(ByteBuffer.allocate(5).put((byte) 9).putInt(five).array())));
        appended(gate, append(partition, framed(five + 1_000, "")));
        assertThat(refusal(append(partition, framed(five, ""))).message()).contains("are needed");

        var nulls =
                new PartitionId(running.topic("nulls", Map.of("sluice.schema.type", "avro")), 0);
        int nothing = register("nulls-value", AVRO, "\"null\"");
        appended(gate, append(nulls, framed(nothing, "")));
    }

    /// As a program that knows better finds them in its files.
    @Test
    void aSchemaThatIsGoneOrCannotBeReadAnyMoreLetsNothingThrough() {
        var partition = orders(REJECT);
        running.change(
                new CatalogChange.Configure(
                        "schema-id", "77", Map.of("type", "JSON", "text", "{")));
        running.change(
                new CatalogChange.Configure(
                        "schema-subject", "orders-value", Map.of("version.1", "77")));
        assertThat(refusal(append(partition, batch("1"))).message()).contains("77 cannot be used");
        running.change(
                new CatalogChange.Configure(
                        "schema-subject", "orders-value", Map.of("version.1", "78")));
        assertThat(refusal(append(partition, batch("1"))).message()).contains("78 is gone");
    }

    @Test
    void aValueThatNamesNoneIsHeldAgainstTheLatest() {
        var partition = orders(REJECT);
        register("orders-value", "{\"type\": [\"integer\", \"boolean\"]}");
        appended(gate, append(partition, batch("true")));
    }

    @Test
    void whatADeletedVersionAllowedIsNotAllowedAnyMore() {
        var partition = orders(REJECT);
        int later = register("orders-value", "{\"type\": [\"integer\", \"boolean\"]}");
        registry.delete("orders-value", 1, false).join();
        assertThat(refusal(append(partition, framed(id, "1"))).message())
                .contains("names the schema " + id);
        appended(gate, append(partition, framed(later, "1")));
        registry.delete("orders-value", 2, false).join();
        assertThat(refusal(append(partition, framed(later, "1"))).message())
                .contains("no schema is registered");
    }

    @Test
    void theSettingsCountAsSoonAsTheyChange() {
        var topic = running.topic("orders", Map.of());
        var partition = new PartitionId(topic, 0);
        appended(gate, append(partition, batch("x")));
        running.configure(topic, REJECT);
        assertThat(refusal(append(partition, batch("x"))).records()).hasSize(1);
        running.configure(topic, Map.of("sluice.schema.subject", "strings"));
        assertThat(refusal(append(partition, batch("1"))).message()).contains("subject strings");
        register("strings", "{\"type\": \"string\"}");
        appended(gate, append(partition, batch("\"x\"")));
        running.configure(topic, Map.of("sluice.schema.type", "avro"));
        assertThat(refusal(append(partition, batch("\"x\""))).message()).contains("demands AVRO");
        running.configure(topic, Map.of("sluice.schema.type", "none"));
        appended(gate, append(partition, batch("x")));
    }

    @Test
    void whereRecordsAreApartTheOthersAreTakenAndItIsSaidWhichWereNot() {
        var partition = orders(REJECT);
        var answer = appended(gate, apart(partition, batch("1", "x", "2")));
        assertThat(answer.refused())
                .extracting(BrokerError.InvalidRecord::index)
                .containsExactly(1);
        assertThat(running.values(partition)).isEqualTo(Map.of(0L, "1", 1L, "2"));
        assertThat(refusal(apart(partition, batch("x", "y"))).records()).hasSize(2);
        assertThat(gate.statistics().rejected()).isEqualTo(3);
    }

    @Test
    void invalidRecordsGoToTheDeadLettersOfTheTopicsQueuesAndTheOthersAreTaken() {
        var letters = running.queue("letters", Map.of());
        var topic = running.topic("orders", DEAD_LETTER);
        running.queue("workers", topic, false, to("letters"));
        running.queue("without", topic, false, Map.of());
        var partition = new PartitionId(topic, 0);
        var answer = appended(gate, append(partition, batch("1", "x", "2")));
        assertThat(answer.baseOffset()).isZero();
        assertThat(running.values(partition)).isEqualTo(Map.of(0L, "1", 1L, "2"));
        var dead = running.records(new PartitionId(letters.topic(), 0));
        assertThat(dead).extracting(Running.Read::value).containsExactly("x");
        assertThat(dead.getFirst().headers())
                .containsEntry(LetterHeaders.REASON, "schema")
                .containsEntry(LetterHeaders.SOURCE_TOPIC, "orders")
                .containsEntry(LetterHeaders.SOURCE_QUEUE, "workers")
                .containsEntry(LetterHeaders.ERROR_CODE, "schema")
                .hasEntrySatisfying(
                        LetterHeaders.ERROR_TEXT, why -> assertThat(why).startsWith("not JSON"));
        assertThat(gate.statistics().deadLettered()).isEqualTo(1);
    }

    @Test
    void ofABatchWithoutAValidRecordNothingIsStoredButItsLetters() {
        var letters = running.queue("letters", Map.of());
        var topic = running.topic("orders", DEAD_LETTER);
        running.queue("workers", topic, false, to("letters"));
        var partition = new PartitionId(topic, 0);
        assertThat(appended(gate, append(partition, batch("x", "y"))).baseOffset()).isEqualTo(-1);
        assertThat(running.values(partition)).isEmpty();
        assertThat(running.values(new PartitionId(letters.topic(), 0))).hasSize(2);
    }

    @Test
    void withoutAPlaceForTheLettersTheBatchIsRefused() {
        var partition = orders(DEAD_LETTER);
        assertThat(refusal(append(partition, batch("1", "x"))).records()).hasSize(1);
        running.queue("workers", partition.topic(), false, to("nowhere"));
        assertThat(refusal(append(partition, batch("1", "x"))).records()).hasSize(1);
        assertThat(running.values(partition)).isEmpty();
    }

    /// As Kafka's producers do by default.
    @Test
    void aProducersSequenceGoesOnBehindInvalidRecords() {
        running.queue("letters", Map.of());
        var topic = running.topic("orders", DEAD_LETTER);
        running.queue("workers", topic, false, to("letters"));
        var partition = new PartitionId(topic, 0);
        assertThat(appended(gate, append(partition, sequenced(0, "1", "x", "2"))).baseOffset())
                .isZero();
        assertThat(appended(gate, append(partition, sequenced(3, "y", "z"))).baseOffset())
                .isEqualTo(3);
        assertThat(appended(gate, append(partition, sequenced(5, "3"))).baseOffset()).isEqualTo(5);
        assertThat(running.values(partition)).isEqualTo(Map.of(0L, "1", 2L, "2", 5L, "3"));
        var again = appended(gate, append(partition, sequenced(0, "1", "x", "2")));
        assertThat(again.duplicate()).isTrue();
        assertThat(again.baseOffset()).isZero();
        assertThat(running.values(partition)).hasSize(3);
    }

    @Test
    void ofSeveralTopicsEachGetsWhatItDemands() {
        var free = new PartitionId(running.topic("free", Map.of()), 0);
        var strict = orders(REJECT);
        List<Outcome> outcomes =
                Running.answer(
                        reply ->
                                gate.appendToAll(
                                        new AppendToAll(
                                                List.of(strict, free),
                                                Buffer.unpooled(batch("1", "x").whole()),
                                                false,
                                                false),
                                        reply));
        assertThat(running.values(free).values()).containsExactlyInAnyOrder("1", "x");
        assertThat(running.values(strict).values()).containsExactly("1");
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.appended().refused()).hasSize(1));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anyBytesAreAnsweredWhateverTheTopicDemands() {
        register(
                "avro-value",
                io.sluice.broker.policy.SchemaPolicy.Type.AVRO,
                "[\"null\", \"string\", {\"type\": \"array\", \"items\": \"long\"}]");
        register(
                "proto-value",
                io.sluice.broker.policy.SchemaPolicy.Type.PROTOBUF,
                "message A { repeated A a = 1; optional string b = 2; }");
        var partitions =
                List.of(
                        orders(REJECT),
                        new PartitionId(
                                running.topic("avro", Map.of("sluice.schema.type", "avro")), 0),
                        new PartitionId(
                                running.topic("proto", Map.of("sluice.schema.type", "protobuf")),
                                0));
        Rng.run(
                99,
                random -> {
                    int answered = 0;
                    for (int i = 0; i < 3_000; i++) {
                        var value = random.bytes(random.below(20));
                        if (value.length > 4 && random.chance(60)) {
                            ByteBuffer.wrap(value).put((byte) 0).putInt(random.below(6));
                        }
                        var batch =
                                new BatchBuilder(Compression.NONE, 0, 5)
                                        .add(5, null, value)
                                        .build();
                        answered += answers(append(partitions.get(i % 3), batch));
                    }
                    assertThat(answered).isEqualTo(3_000);
                });
        assertThat(gate.statistics().records()).isEqualTo(3_000);
    }

    /// @return 1
    private int answers(Append append) {
        var answer = new java.util.concurrent.CompletableFuture<Integer>();
        gate.append(
                append,
                new io.sluice.broker.Reply<>() {
                    @Override
                    public void done(Append.Appended appended) {
                        answer.complete(1);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        answer.complete(error instanceof BrokerError.InvalidRecords ? 1 : 0);
                    }
                });
        return answer.join();
    }

    private PartitionId orders(Map<String, String> config) {
        return new PartitionId(running.topic("orders", config), 0);
    }

    private int register(String subject, String text) {
        return register(subject, JSON, text);
    }

    private int register(
            String subject, io.sluice.broker.policy.SchemaPolicy.Type type, String text) {
        return registry.register(subject, new SchemaDraft(type, text, List.of()))
                .join()
                .schema()
                .id();
    }

    private BrokerError.InvalidRecords refusal(Append append) {
        var refused = Running.<Append.Appended>refusal(reply -> gate.append(append, reply));
        assertThat(refused).isInstanceOf(BrokerError.InvalidRecords.class);
        return (BrokerError.InvalidRecords) refused;
    }

    private static Append apart(PartitionId partition, RecordBatch batch) {
        return new Append(
                partition,
                Buffer.unpooled(batch.whole()),
                Append.ANYWHERE,
                false,
                false,
                null,
                true);
    }

    private static Map<String, String> to(String queue) {
        return Map.of(
                "x-dead-letter-exchange", "\"\"", "x-dead-letter-routing-key", "\"" + queue + "\"");
    }

    private static RecordBatch batch(String... values) {
        var batch = new BatchBuilder(Compression.NONE, 0, 5);
        for (var value : values) {
            batch.add(5, null, utf8(value));
        }
        return batch.build();
    }

    private static RecordBatch sequenced(int sequence, String... values) {
        var batch = new BatchBuilder(Compression.GZIP, 0, 5).producer(77, (short) 0, sequence);
        for (var value : values) {
            batch.add(5, null, utf8(value));
        }
        return batch.build();
    }

    private static RecordBatch framed(int id, String value) {
        var text = utf8(value);
        return bytes(
                ByteBuffer.allocate(5 + text.length).put((byte) 0).putInt(id).put(text).array());
    }

    private static RecordBatch bytes(byte[] value) {
        return new BatchBuilder(Compression.NONE, 0, 5).add(5, null, value).build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
