package io.sluice.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VarintTest {
    @Test
    void everyNumberComesBackFromAsManyBytesAsItsSizeSays() {
        Rng.run(
                20_261_124,
                rng -> {
                    for (int i = 0; i < 100_000; i++) {
                        long number = rng.nextLong() >> rng.below(64);
                        var bytes = ByteBuffer.allocate(Varint.MAX_BYTES);
                        Varint.write(number, bytes);
                        assertThat(bytes.position()).isEqualTo(Varint.size(number));
                        assertThat(Varint.read(bytes.flip())).isEqualTo(number);
                    }
                });
    }

    @Test
    void theExtremesTakeTenBytes() {
        assertThat(Varint.size(Long.MAX_VALUE)).isEqualTo(10);
        assertThat(Varint.size(Long.MIN_VALUE)).isEqualTo(10);
        assertThat(Varint.size(0)).isEqualTo(1);
        assertThat(Varint.size(-64)).isEqualTo(1);
        assertThat(Varint.size(64)).isEqualTo(2);
    }

    @Test
    void anUnfinishedOrOverlongNumberIsRefused() {
        assertThatThrownBy(() -> Varint.read(hex("80")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Varint.read(hex("ffffffffffffffffff02")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Varint.read(hex("8080808080808080808001")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer hex(String bytes) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
    }
}
