package io.sluice.dialect.kafka.data;

import static io.sluice.dialect.kafka.data.DataTable.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.TopicIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchTest {
    private static final short NEWEST = 18;
    private static final short BY_NAME = 12;
    private static final int NO_SESSION = 0;
    private static final int FINAL = -1;

    private final DataTable table = new DataTable();
    private final Topic orders = table.create("orders", Map.of());

    @AfterEach
    void close() {
        table.close();
    }

    /// The batches of partition 0.
    static List<RecordBatch> stored(DataTable table, Topic topic) {
        var request = request(topic, NEWEST, NO_SESSION, FINAL, at(0, 0));
        var answer =
                table.ask(new FetchRequest(request, NEWEST), FetchResponse.class)
                        .data()
                        .responses()
                        .getFirst()
                        .partitions()
                        .getFirst();
        var batches = ((MemoryRecords) answer.records()).batches();
        return StreamSupport.stream(batches.spliterator(), false)
                .map(RecordBatch.class::cast)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(shorts = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
    void everyVersionReadsWhatWasProduced(short version) {
        table.produce(orders, batch("a", "b"));

        var answer = only(fetch(request(orders, version, NO_SESSION, FINAL, at(0, 0)), version));

        assertThat(error(answer)).isEqualTo(Errors.NONE);
        assertThat(answer.highWatermark()).isEqualTo(2);
        assertThat(answer.lastStableOffset()).isEqualTo(2);
        assertThat(values(answer)).containsExactly("a", "b");
    }

    @Test
    void beyondTheEndAndBelowTheStartAreOutOfRange() {
        table.produce(orders, batch("a"));

        for (var offset : List.of(2L, -5L)) {
            var answer =
                    only(fetch(request(orders, NEWEST, NO_SESSION, FINAL, at(0, offset)), NEWEST));
            assertThat(error(answer)).isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
        }
    }

    @Test
    void aTopicThatIsNotThereIsUnknownInTheWordsOfTheVersion() {
        var nowhere = new Topic(new java.util.UUID(3, 3), "nowhere", 1, Map.of(), 0);

        assertThat(
                        error(
                                only(
                                        fetch(
                                                request(
                                                        nowhere,
                                                        NEWEST,
                                                        NO_SESSION,
                                                        FINAL,
                                                        at(0, 0)),
                                                NEWEST))))
                .isEqualTo(Errors.UNKNOWN_TOPIC_ID);
        assertThat(
                        error(
                                only(
                                        fetch(
                                                request(
                                                        nowhere,
                                                        BY_NAME,
                                                        NO_SESSION,
                                                        FINAL,
                                                        at(0, 0)),
                                                BY_NAME))))
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void aPartitionThatIsNotThereIsUnknown(int partition) {
        for (var version : List.of(BY_NAME, NEWEST)) {
            var request = request(orders, version, NO_SESSION, FINAL, at(partition, 0));
            assertThat(error(only(fetch(request, version))))
                    .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    @Test
    void aRecreatedTopicIsAnotherOne() {
        table.change(new CatalogChange.DeleteTopic(orders.id()));

        assertThat(error(only(fetch(request(orders, NEWEST, NO_SESSION, FINAL, at(0, 0)), NEWEST))))
                .isEqualTo(Errors.UNKNOWN_TOPIC_ID);
    }

    @Test
    void anotherLeaderEpochThanTheOnlyOneIsUnknown() {
        var request = request(orders, NEWEST, NO_SESSION, FINAL, at(0, 0).setCurrentLeaderEpoch(3));

        assertThat(error(only(fetch(request, NEWEST)))).isEqualTo(Errors.UNKNOWN_LEADER_EPOCH);
    }

    @Test
    void aSessionIsToldOnlyNews() {
        table.produce(orders, batch("a"));
        var first = fetch(request(orders, NEWEST, NO_SESSION, 0, at(0, 0), at(1, 0)), NEWEST);
        var session = first.sessionId();
        assertThat(session).isNotZero();
        assertThat(partitions(first)).hasSize(2);

        var second = fetch(request(orders, NEWEST, session, 1, at(0, 1)), NEWEST);
        assertThat(second.sessionId()).isEqualTo(session);
        assertThat(partitions(second)).as("nothing new").isEmpty();

        table.produce(orders, batch("b"));
        var third = fetch(request(orders, NEWEST, session, 2), NEWEST);
        assertThat(values(only(third))).containsExactly("b");
    }

    @Test
    void aForgottenPartitionIsNotReadAnyMore() {
        var session =
                fetch(request(orders, NEWEST, NO_SESSION, 0, at(0, 0), at(1, 0)), NEWEST)
                        .sessionId();
        table.produce(orders, batch("a"));
        var forgetting = request(orders, NEWEST, session, 1);
        forgetting.setForgottenTopicsData(
                List.of(
                        new ForgottenTopic()
                                .setTopicId(TopicIds.kafka(orders.id()))
                                .setPartitions(List.of(0))));

        assertThat(partitions(fetch(forgetting, NEWEST))).isEmpty();
    }

    @Test
    void aSessionIsRefusedWhenItIsNotKnownOrOutOfStep() {
        assertThat(Errors.forCode(fetch(request(orders, NEWEST, 77, 1), NEWEST).errorCode()))
                .isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND);
        var session = fetch(request(orders, NEWEST, NO_SESSION, 0, at(0, 0)), NEWEST).sessionId();

        assertThat(Errors.forCode(fetch(request(orders, NEWEST, session, 5), NEWEST).errorCode()))
                .isEqualTo(Errors.INVALID_FETCH_SESSION_EPOCH);
        assertThat(Errors.forCode(fetch(request(orders, BY_NAME, session, 1), BY_NAME).errorCode()))
                .isEqualTo(Errors.FETCH_SESSION_TOPIC_ID_ERROR);

        fetch(request(orders, NEWEST, session, FINAL, at(0, 0)), NEWEST);
        assertThat(Errors.forCode(fetch(request(orders, NEWEST, session, 1), NEWEST).errorCode()))
                .as("after it was ended")
                .isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND);
    }

    @Test
    void aPartitionThatHadItsTurnGoesBehindTheOthers() {
        table.produce(orders, batch("a".repeat(1000)));
        table.ask(
                DataTable.produceRequest(orders, 1, batch("b".repeat(1000)), (short) 13, (short) 1),
                org.apache.kafka.common.requests.ProduceResponse.class);
        var full = request(orders, NEWEST, NO_SESSION, 0, at(0, 0), at(1, 0)).setMaxBytes(1200);
        var first = fetch(full, NEWEST);

        var second = fetch(request(orders, NEWEST, first.sessionId(), 1).setMaxBytes(1200), NEWEST);

        assertThat(withRecords(first)).containsExactly(0);
        assertThat(withRecords(second)).containsExactly(1);
    }

    private static List<Integer> withRecords(FetchResponseData response) {
        return partitions(response).stream()
                .filter(partition -> partition.records().sizeInBytes() > 0)
                .map(PartitionData::partitionIndex)
                .toList();
    }

    private FetchResponseData fetch(FetchRequestData request, short version) {
        return table.ask(new FetchRequest(request, version), FetchResponse.class).data();
    }

    private static FetchRequestData request(
            Topic topic, short version, int session, int epoch, FetchPartition... partitions) {
        var request =
                new FetchRequestData()
                        .setMaxBytes(1 << 20)
                        .setMinBytes(0)
                        .setMaxWaitMs(0)
                        .setSessionId(version < 7 ? NO_SESSION : session)
                        .setSessionEpoch(version < 7 ? FINAL : epoch);
        if (partitions.length > 0) {
            request.topics()
                    .add(
                            new FetchTopic()
                                    .setTopic(topic.name())
                                    .setTopicId(
                                            version < 13
                                                    ? Uuid.ZERO_UUID
                                                    : TopicIds.kafka(topic.id()))
                                    .setPartitions(List.of(partitions)));
        }
        return request;
    }

    private static FetchPartition at(int partition, long offset) {
        return new FetchPartition()
                .setPartition(partition)
                .setFetchOffset(offset)
                .setPartitionMaxBytes(1 << 20);
    }

    private static PartitionData only(FetchResponseData response) {
        assertThat(partitions(response)).hasSize(1);
        return partitions(response).getFirst();
    }

    private static List<PartitionData> partitions(FetchResponseData response) {
        return response.responses().stream().flatMap(topic -> topic.partitions().stream()).toList();
    }

    private static Errors error(PartitionData answer) {
        return Errors.forCode(answer.errorCode());
    }

    private static List<String> values(PartitionData answer) {
        var values = new ArrayList<String>();
        ((MemoryRecords) answer.records())
                .records()
                .forEach(record -> DataTable.text(record.value()).ifPresent(values::add));
        return values;
    }
}
