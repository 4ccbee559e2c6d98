package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// IncrementalAlterConfigs as clients use and misuse it.
class IncrementalAlterConfigsTest {
    private final AdminTable table = new AdminTable();

    @BeforeEach
    void createTopic() {
        table.create("orders", 1, Map.of("retention.ms", "1000"));
    }

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1})
    void whatIsNotNamedStays(short version) {
        assertThat(error(ask(version, false, topic(op("segment.ms", OpType.SET, "5000")))))
                .isEqualTo(Errors.NONE);
        assertThat(config()).isEqualTo(Map.of("retention.ms", "1000", "segment.ms", "5000"));
    }

    @Test
    void deletingGoesBackToTheDefault() {
        assertThat(error(ask(topic(op("retention.ms", OpType.DELETE, null)))))
                .isEqualTo(Errors.NONE);
        assertThat(config()).isEmpty();
    }

    @Test
    void deletingWhatWasNotSetIsFine() {
        assertThat(error(ask(topic(op("segment.ms", OpType.DELETE, null))))).isEqualTo(Errors.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "APPEND, compact, 'delete,compact'",
        "APPEND, delete, delete",
        "SUBTRACT, delete, ''",
        "SUBTRACT, compact, delete"
    })
    void listsGrowFromTheirDefaultAndShrink(OpType operation, String value, String expected) {
        assertThat(error(ask(topic(op("cleanup.policy", operation, value)))))
                .isEqualTo(Errors.NONE);
        assertThat(config()).containsEntry("cleanup.policy", expected);
    }

    @Test
    void whatIsNoListNeitherGrowsNorShrinks() {
        assertThat(error(ask(topic(op("retention.ms", OpType.APPEND, "1")))))
                .isEqualTo(Errors.INVALID_CONFIG);
        assertThat(error(ask(topic(op("no.such", OpType.SUBTRACT, "1")))))
                .isEqualTo(Errors.INVALID_CONFIG);
    }

    @Test
    void validateOnlyChangesNothing() {
        assertThat(error(ask((short) 1, true, topic(op("retention.ms", OpType.SET, "2")))))
                .isEqualTo(Errors.NONE);
        assertThat(error(ask((short) 1, true, topic(op("retention.ms", OpType.SET, "x")))))
                .isEqualTo(Errors.INVALID_CONFIG);
        assertThat(config()).containsEntry("retention.ms", "1000");
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.setting, 1",
        "retention.ms, soon",
        "cleanup.policy, shred",
        "sluice.durability, never"
    })
    void whatKafkaWouldNotTakeIsRefused(String name, String value) {
        assertThat(error(ask(topic(op(name, OpType.SET, value))))).isEqualTo(Errors.INVALID_CONFIG);
        assertThat(config()).isEqualTo(Map.of("retention.ms", "1000"));
    }

    @Test
    void aListDoesNotGrowLongerThanKafkaKeeps() {
        var name = "leader.replication.throttled.replicas";

        assertThat(error(ask(topic(op(name, OpType.APPEND, replicas(0, 3000))))))
                .isEqualTo(Errors.NONE);
        assertThat(error(ask(topic(op(name, OpType.APPEND, replicas(3000, 6000))))))
                .isEqualTo(Errors.INVALID_CONFIG);
    }

    private static String replicas(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(index -> index + ":1")
                .collect(Collectors.joining(","));
    }

    @Test
    void malformedOperationsAreRefused() {
        assertThat(error(ask(topic(op("retention.ms", OpType.SET, null)))))
                .isEqualTo(Errors.INVALID_REQUEST);
        assertThat(
                        error(
                                ask(
                                        topic(
                                                op("retention.ms", OpType.SET, "1")
                                                        .setConfigOperation((byte) 9)))))
                .isEqualTo(Errors.INVALID_REQUEST);
        assertThat(
                        error(
                                ask(
                                        topic(
                                                op("retention.ms", OpType.SET, "1"),
                                                op("retention.ms", OpType.DELETE, null)))))
                .isEqualTo(Errors.INVALID_REQUEST);
        assertThat(ask(topic(), topic()).data().responses())
                .allMatch(one -> Errors.forCode(one.errorCode()) == Errors.INVALID_REQUEST);
    }

    @Test
    void durabilityIsATopicsSettingLikeKafkasOwn() {
        assertThat(error(ask(topic(op("sluice.durability", OpType.SET, "os")))))
                .isEqualTo(Errors.NONE);
        assertThat(config()).containsEntry("sluice.durability", "os");
    }

    @Test
    void groupsAreToldHowToBehaveWithinTheBrokersBounds() {
        var fine =
                resource(
                        ConfigResource.Type.GROUP,
                        "workers",
                        op("consumer.session.timeout.ms", OpType.SET, "50000"));
        var wild =
                resource(
                        ConfigResource.Type.GROUP,
                        "others",
                        op("consumer.session.timeout.ms", OpType.SET, "999999999"));

        assertThat(error(ask(fine))).isEqualTo(Errors.NONE);
        assertThat(error(ask(wild))).isEqualTo(Errors.INVALID_CONFIG);
        assertThat(table.broker.catalog().configured("group")).containsExactly("workers");

        ask(
                resource(
                        ConfigResource.Type.GROUP,
                        "workers",
                        op("consumer.session.timeout.ms", OpType.DELETE, null)));
        assertThat(table.broker.catalog().configured("group")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BROKER, 1, log.retention.ms, INVALID_REQUEST",
        "BROKER, '', log.cleaner.min.cleanable.ratio, INVALID_REQUEST",
        "BROKER, 1, no.such.setting, INVALID_CONFIG",
        "BROKER, 7, log.retention.ms, INVALID_REQUEST",
        "BROKER_LOGGER, 1, root, INVALID_REQUEST",
        "CLIENT_METRICS, all, interval.ms, INVALID_REQUEST",
        "TOPIC, '', retention.ms, INVALID_REQUEST",
        "TOPIC, nothing, retention.ms, UNKNOWN_TOPIC_OR_PARTITION",
        "GROUP, '', consumer.session.timeout.ms, INVALID_REQUEST",
        "UNKNOWN, any, any, INVALID_REQUEST"
    })
    void whatCannotBeChangedSaysSo(
            ConfigResource.Type type, String name, String setting, Errors expected) {
        var answer = ask(resource(type, name, op(setting, OpType.SET, "1")));

        assertThat(error(answer)).isEqualTo(expected);
        assertThat(answer.data().responses().getFirst().errorMessage()).isNotBlank();
    }

    /// kafka-reassign-partitions takes back its throttles after every move, set or not.
    @Test
    void takingBackWhatABrokerNeverHadIsFine() {
        assertThat(
                        error(
                                ask(
                                        resource(
                                                ConfigResource.Type.BROKER,
                                                "1",
                                                op(
                                                        "leader.replication.throttled.rate",
                                                        OpType.DELETE,
                                                        null)))))
                .isEqualTo(Errors.NONE);
    }

    @Test
    void twoClientsThatEachSetOneThingLoseNeither() throws InterruptedException {
        var start = new CountDownLatch(1);
        var names =
                List.of(
                        "segment.ms",
                        "segment.bytes",
                        "flush.ms",
                        "index.interval.bytes",
                        "delete.retention.ms");
        var clients =
                names.stream()
                        .map(
                                name ->
                                        Thread.ofPlatform()
                                                .start(
                                                        () -> {
                                                            await(start);
                                                            IntStream.range(0, 20)
                                                                    .forEach(
                                                                            i ->
                                                                                    ask(
                                                                                            topic(
                                                                                                    op(
                                                                                                            name,
                                                                                                            OpType
                                                                                                                    .SET,
                                                                                                            ""
                                                                                                                    + (2_000_000
                                                                                                                            + i)))));
                                                        }))
                        .toList();
        start.countDown();
        for (var client : clients) {
            client.join();
        }

        assertThat(config()).containsKeys(names.toArray(String[]::new));
        assertThat(names).allSatisfy(name -> assertThat(config()).containsEntry(name, "2000019"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private Map<String, String> config() {
        return table.broker.catalog().topic("orders").orElseThrow().config();
    }

    private IncrementalAlterConfigsResponse ask(AlterConfigsResource... resources) {
        return ask((short) 1, false, resources);
    }

    private IncrementalAlterConfigsResponse ask(
            short version, boolean validateOnly, AlterConfigsResource... resources) {
        var data = new IncrementalAlterConfigsRequestData().setValidateOnly(validateOnly);
        Arrays.stream(resources).forEach(resource -> data.resources().mustAdd(resource));
        return table.ask(
                new IncrementalAlterConfigsRequest.Builder(data).build(version),
                IncrementalAlterConfigsResponse.class);
    }

    private static AlterConfigsResource topic(AlterableConfig... operations) {
        return resource(ConfigResource.Type.TOPIC, "orders", operations);
    }

    private static AlterConfigsResource resource(
            ConfigResource.Type type, String name, AlterableConfig... operations) {
        var resource = new AlterConfigsResource().setResourceType(type.id()).setResourceName(name);
        Arrays.stream(operations).forEach(operation -> resource.configs().mustAdd(operation));
        return resource;
    }

    private static AlterableConfig op(String name, OpType operation, @Nullable String value) {
        return new AlterableConfig()
                .setName(name)
                .setConfigOperation(operation.id())
                .setValue(value);
    }

    private static Errors error(IncrementalAlterConfigsResponse answer) {
        return Errors.forCode(answer.data().responses().getFirst().errorCode());
    }
}
