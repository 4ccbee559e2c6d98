package io.sluice.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.protocol.Errors;

/// What a partition knows of an idempotent producer that wrote `v0`, `v1`, ... to it, one batch each.
public final class Sequences {
    private Sequences() {}

    /// Sends the first `count` batches of `producer` again: they must be known, at offsets from 0; then a gap, which must be refused.
    public static void assertKnown(String bootstrap, String topic, long producer, int count) {
        try (var wire = new Wire(bootstrap)) {
            for (var sequence = 0; sequence < count; sequence++) {
                var answer =
                        Batches.produce(
                                wire,
                                topic,
                                Batches.idempotent(producer, 0, sequence, "v" + sequence));
                assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.NONE);
                assertThat(answer.baseOffset()).isEqualTo(sequence);
            }
            var gap =
                    Batches.produce(wire, topic, Batches.idempotent(producer, 0, count + 1, "gap"));
            assertThat(Errors.forCode(gap.errorCode()))
                    .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
        }
    }
}
