package io.sluice.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.Reading;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.junit.jupiter.api.Test;

/// Idempotence as it is seen on the wire: sequence numbers, duplicates, epochs.
@Conformance
class SequencesTest {
    @Test
    void aBatchSentAgainIsAnsweredWithItsFirstOffsetAndNotWrittenAgain(Clients clients) {
        var topic = clients.topic("duplicates", 1);
        try (var wire = new Wire(clients.bootstrap())) {
            var id = newProducer(wire).producerId();
            for (var sequence = 0; sequence < 5; sequence++) {
                assertWritten(wire, topic, id, sequence, sequence);
            }

            for (var sequence = 0; sequence < 5; sequence++) {
                assertWritten(wire, topic, id, sequence, sequence);
            }
        }
        assertThat(Reading.values(clients, topic)).containsExactly("v0", "v1", "v2", "v3", "v4");
    }

    @Test
    void duplicatesAreKnownAfterAKill(BrokerProcess broker, Clients clients) {
        Promises.ofSluiceOnly("Kafka knows only the last batch of a producer after a restart");
        var topic = clients.topic("duplicates", 1);
        long id;
        try (var wire = new Wire(clients.bootstrap())) {
            id = newProducer(wire).producerId();
            for (var sequence = 0; sequence < 5; sequence++) {
                assertWritten(wire, topic, id, sequence, sequence);
            }
        }

        broker.killAndRestart();

        try (var wire = new Wire(clients.bootstrap())) {
            for (var sequence = 0; sequence < 6; sequence++) {
                assertWritten(wire, topic, id, sequence, sequence);
            }
            assertThat(produce(wire, topic, id, 0, 9))
                    .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
            assertThat(newProducer(wire).producerId()).isNotEqualTo(id);
        }
        assertThat(Reading.values(clients, topic))
                .containsExactly("v0", "v1", "v2", "v3", "v4", "v5");
    }

    @Test
    void aGapInTheSequenceIsRefused(Clients clients) {
        var topic = clients.topic("gap", 1);
        try (var wire = new Wire(clients.bootstrap())) {
            var id = newProducer(wire).producerId();
            assertWritten(wire, topic, id, 0, 0);

            assertThat(produce(wire, topic, id, 0, 2))
                    .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
            assertWritten(wire, topic, id, 1, 1);
        }
        assertThat(Reading.values(clients, topic)).containsExactly("v0", "v1");
    }

    @Test
    void aNewEpochStartsAtZeroAndFencesTheOldOne(Clients clients) {
        var topic = clients.topic("epochs", 1);
        try (var wire = new Wire(clients.bootstrap())) {
            var id = newProducer(wire).producerId();
            assertWritten(wire, topic, id, 0, 0);

            assertThat(produce(wire, topic, id, 1, 5))
                    .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
            assertThat(produce(wire, topic, id, 1, 0)).isEqualTo(Errors.NONE);
            assertThat(produce(wire, topic, id, 0, 1)).isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
        }
        assertThat(Reading.values(clients, topic)).isEqualTo(List.of("v0", "v0"));
    }

    private static InitProducerIdResponseData newProducer(Wire wire) {
        var data =
                new InitProducerIdRequestData()
                        .setTransactionalId(null)
                        .setTransactionTimeoutMs(60_000);
        var answers = new ArrayDeque<InitProducerIdResponseData>();
        Until.holds(
                "a producer id",
                () -> {
                    var request = new InitProducerIdRequest.Builder(data).build((short) 4);
                    answers.push(wire.ask(request, InitProducerIdResponse.class).data());
                    return answers.peek().errorCode() != Errors.COORDINATOR_LOAD_IN_PROGRESS.code();
                });
        assertThat(answers.element().errorCode()).isZero();
        assertThat(answers.element().producerEpoch()).isZero();
        return answers.element();
    }

    private static void assertWritten(Wire wire, String topic, long id, int sequence, long offset) {
        var answer =
                Batches.produce(wire, topic, Batches.idempotent(id, 0, sequence, "v" + sequence));
        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.NONE);
        assertThat(answer.baseOffset()).isEqualTo(offset);
    }

    private static Errors produce(Wire wire, String topic, long id, int epoch, int sequence) {
        return Errors.forCode(
                Batches.produce(
                                wire,
                                topic,
                                Batches.idempotent(id, epoch, sequence, "v" + sequence))
                        .errorCode());
    }
}
