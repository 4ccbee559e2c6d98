package io.sluice.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Batches that no honest producer sends: each is refused for its reason and leaves no trace.
@Conformance
class WrongBatchesTest {
    /// Where in a batch these lie, and where its records begin.
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int LAST_OFFSET_DELTA = 26;
    private static final int RECORDS = 61;

    @Test
    void aBatchWhoseChecksumIsWrongIsRefused(Clients clients) {
        expect(clients, Errors.CORRUPT_MESSAGE, Batches.damaged(Batches.of("value"), CRC));
        expect(clients, Errors.CORRUPT_MESSAGE, Batches.damaged(Batches.of("value"), RECORDS + 8));
    }

    @Test
    void aBatchOfAnotherFormatIsRefused(Clients clients) {
        try (var wire = new Wire(clients.bootstrap())) {
            var topic = clients.topic("wrong", 1);
            // Kafka parses it before it answers, and closes the connection; an answer that refuses
            // is as good.
            wire.send(
                    Batches.request(
                            topic, (short) -1, Batches.damaged(Batches.of("value"), MAGIC)));
        }
    }

    @Test
    void offsetsThatDoNotCountUpAreRefused(Clients clients) {
        var records = Batches.copy(Batches.of("a", "b", "c"));
        records.putInt(LAST_OFFSET_DELTA - 3, 7);
        expectRefused(clients, MemoryRecords.readableRecords(records));
    }

    @Test
    void controlBatchesAreTheBrokersOwn(Clients clients) {
        expect(clients, Errors.INVALID_RECORD, Batches.control("looks like a marker"));
    }

    @Test
    void onlyOneBatchIsTakenAtATime(Clients clients) {
        expect(
                clients,
                Errors.INVALID_RECORD,
                Batches.twoBatches(Batches.of("a"), Batches.of("b")));
    }

    @Test
    void acknowledgementsOtherThanNoneOneAndAllDoNotExist(Clients clients) {
        var topic = clients.topic("wrong-acks", 1);
        try (var wire = new Wire(clients.bootstrap())) {
            var answer = Batches.produce(wire, topic, (short) 2, Batches.of("value"));

            assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.INVALID_REQUIRED_ACKS);
        }
        assertThat(Reading.values(clients, topic)).isEmpty();
    }

    @Test
    void anUnknownTopicAndPartitionAreUnknown(Clients clients) {
        try (var wire = new Wire(clients.bootstrap())) {
            var answer = Batches.produce(wire, clients.name("none"), Batches.of("value"));

            assertThat(Errors.forCode(answer.errorCode()))
                    .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    @Test
    void withoutAcknowledgementAMistakeEndsTheConnection(Clients clients) {
        try (var wire = new Wire(clients.bootstrap())) {
            wire.send(Batches.request(clients.name("none"), (short) 0, Batches.of("value")));

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void withoutAcknowledgementThereIsNoAnswer(Clients clients) {
        var topic = clients.topic("no-answer", 1);
        try (var wire = new Wire(clients.bootstrap())) {
            wire.send(Batches.request(topic, (short) 0, Batches.of("value")));

            var next =
                    wire.ask(
                            new ApiVersionsRequest.Builder().build((short) 3),
                            ApiVersionsResponse.class);
            assertThat(next.data().errorCode()).isZero();
        }
        assertThat(Reading.values(clients, topic)).containsExactly("value");
    }

    @Test
    void aCompactedTopicTakesNoRecordWithoutAKey(Clients clients) {
        var topic = clients.topic("keys-required", 1, "cleanup.policy", "compact");
        try (var wire = new Wire(clients.bootstrap())) {
            var answer = Batches.produce(wire, topic, Batches.of("without a key"));

            assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.INVALID_RECORD);
            assertThat(answer.recordErrors()).hasSize(1);
        }
    }

    private static void expect(Clients clients, Errors expected, @Nullable MemoryRecords records) {
        assertThat(refused(clients, records)).isEqualTo(expected);
    }

    private static void expectRefused(Clients clients, MemoryRecords records) {
        assertThat(refused(clients, records))
                .isIn(List.of(Errors.INVALID_RECORD, Errors.CORRUPT_MESSAGE));
    }

    private static Errors refused(Clients clients, @Nullable MemoryRecords records) {
        var topic = clients.topic("wrong", 1);
        try (var wire = new Wire(clients.bootstrap())) {
            var answer = Batches.produce(wire, topic, records);
            var next = Batches.produce(wire, topic, Batches.of("right"));
            assertThat(next.errorCode()).as("the connection goes on").isZero();
            assertThat(Reading.values(clients, topic)).containsExactly("right");
            return Errors.forCode(answer.errorCode());
        }
    }
}
