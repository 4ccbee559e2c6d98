package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.base.Rng;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PartitionFactTest {
    @Test
    void factsOfVersionOneStayReadable() {
        assertThat(decoded("0101 d804")).isEqualTo(new PartitionFact.StartMoved(300));
        assertThat(decoded("0102 04 c801 a006 d00f 80800802 c601 00 e807"))
                .isInstanceOfSatisfying(
                        PartitionFact.Compacted.class,
                        fact -> {
                            assertThat(fact.generation()).isEqualTo(2);
                            assertThat(fact.before()).isEqualTo(100);
                            assertThat(fact.tailPosition()).isEqualTo(400);
                            assertThat(fact.bytes()).isEqualTo(1000);
                            assertThat(fact.index().size()).isEqualTo(1);
                            assertThat(fact.index().offset(0)).isEqualTo(99);
                            assertThat(fact.index().maxTimestamp(0)).isEqualTo(500);
                        });
    }

    @Test
    void aLaterFactCountsMoreThanAnEarlierOne() {
        var checkpoint =
                PartitionCheckpoint.empty()
                        .after(new PartitionFact.StartMoved(7))
                        .after(new PartitionFact.StartMoved(5));
        assertThat(checkpoint.startOffset()).isEqualTo(7);
        checkpoint = checkpoint.after(new PartitionFact.Checkpointed(PartitionCheckpoint.empty()));
        assertThat(checkpoint.startOffset()).isEqualTo(7);
        checkpoint =
                checkpoint.after(new PartitionFact.Compacted(1, 10, 500, 300, new OffsetIndex()));
        assertThat(checkpoint.generation()).isEqualTo(1);
        assertThat(checkpoint.tailStart()).isEqualTo(500);
        assertThat(checkpoint.startOffset()).isEqualTo(7);
    }

    @Test
    void noiseIsRefused() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 100_000; i++) {
                        var bytes = rng.bytes(rng.below(60));
                        if (bytes.length > 2) {
                            bytes[0] = (byte) (1 + rng.below(2));
                            bytes[1] = (byte) (bytes[0] == 2 ? 3 : 1 + rng.below(3));
                        }
                        try {
                            PartitionFact.decode(ByteBuffer.wrap(bytes));
                        } catch (IllegalArgumentException refused) {
                            // As it should be.
                        }
                    }
                });
    }

    @Test
    void aCheckpointWithoutReferencesIsWrittenAsOlderProgramsReadIt() {
        var bytes = encoded(new PartitionFact.Checkpointed(PartitionCheckpoint.empty()));
        assertThat(bytes.get(0)).isEqualTo((byte) 1);
    }

    @Test
    void aCheckpointKnowsItsReferences() {
        var references = new BodyIndex();
        references.add(7, 9, new BodyPlace(0x2_0001, 4096, 300));
        references.add(12, 13, new BodyPlace(0x3_0000, 5, 200));
        var empty = PartitionCheckpoint.empty();
        var fact =
                new PartitionFact.Checkpointed(
                        new PartitionCheckpoint(
                                7,
                                13,
                                900,
                                0,
                                0,
                                0,
                                0,
                                empty.tailIndex(),
                                empty.cleanIndex(),
                                empty.producers(),
                                references));

        var written =
                "0203 0e 1a 880e 00 00 00 00 80800800 80800800 00"
                        + "80808001 04 0e04828010 8040d804 0a02808018 f53f9003";

        assertThat(encoded(fact))
                .isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex(written.replace(" ", ""))));
        assertThat(decoded(written))
                .isInstanceOfSatisfying(
                        PartitionFact.Checkpointed.class,
                        read -> assertThat(read.checkpoint().references()).isEqualTo(references));
    }

    private static ByteBuffer encoded(PartitionFact fact) {
        var bytes = ByteBuffer.allocate(fact.encodedBytes());
        fact.encode(bytes);
        return bytes.flip();
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> decoded("0201 00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> decoded("0104 00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> decoded("01")).isInstanceOf(IllegalArgumentException.class);
    }

    private static PartitionFact decoded(String hex) {
        return PartitionFact.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
