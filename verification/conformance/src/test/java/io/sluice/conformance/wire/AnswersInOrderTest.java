package io.sluice.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.junit.jupiter.api.Test;

@Conformance
class AnswersInOrderTest {
    private static final int LONG_MILLIS = 30_000;

    @Test
    void whatWasAskedBehindAWaitingFetchIsAnsweredAfterIt(Clients clients) {
        var topic = clients.topic("in-order", 1);
        try (var wire = new Wire(clients.bootstrap());
                var other = new Wire(clients.bootstrap())) {
            var fetch = wire.send(fetch(clients, topic, 0, LONG_MILLIS));
            var versions = wire.send(new ApiVersionsRequest.Builder().build((short) 3));

            // A produce on another connection waits for nobody, and lets the fetch go.
            assertThat(Batches.produce(other, topic, Batches.of("value")).errorCode()).isZero();

            var fetched = wire.answer(fetch, FetchResponse.class);
            assertThat(
                            fetched.data()
                                    .responses()
                                    .getFirst()
                                    .partitions()
                                    .getFirst()
                                    .highWatermark())
                    .isEqualTo(1);
            assertThat(wire.answer(versions, ApiVersionsResponse.class).data().errorCode())
                    .isZero();
        }
    }

    @Test
    void aFetchOutsideOfThePartitionIsOutOfRangeAtOnce(Clients clients) {
        var topic = clients.topic("out-of-range", 1);
        var _ = clients.write(topic, 0, List.of("a", "b"));
        try (var wire = new Wire(clients.bootstrap())) {
            assertThat(errorOf(wire, fetch(clients, topic, 3, LONG_MILLIS)))
                    .isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
            assertThat(errorOf(wire, fetch(clients, topic, 2, 0))).isEqualTo(Errors.NONE);
        }
    }

    @Test
    void aFetchByTheIdOfADeletedTopicIsToldSo(Clients clients) {
        try (var wire = new Wire(clients.bootstrap())) {
            assertThat(errorOf(wire, fetch(Uuid.randomUuid(), "gone", 0, LONG_MILLIS)))
                    .isEqualTo(Errors.UNKNOWN_TOPIC_ID);
        }
    }

    private static Errors errorOf(Wire wire, FetchRequest request) {
        var answer = wire.ask(request, FetchResponse.class);
        return Errors.forCode(
                answer.data().responses().getFirst().partitions().getFirst().errorCode());
    }

    private static FetchRequest fetch(Clients clients, String topic, long offset, int waitMillis) {
        var id = clients.describe(topic).topicId();
        return fetch(id, topic, offset, waitMillis);
    }

    private static FetchRequest fetch(Uuid id, String topic, long offset, int waitMillis) {
        var partitions = new LinkedHashMap<TopicPartition, FetchRequest.PartitionData>();
        partitions.put(
                new TopicPartition(topic, 0),
                new FetchRequest.PartitionData(id, offset, -1L, 1 << 20, Optional.empty()));
        return FetchRequest.Builder.forConsumer(
                        ApiKeys.FETCH.latestVersion(), waitMillis, 1, partitions)
                .build();
    }
}
