package io.sluice.dialect.kafka.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.kafka.share.Claim.Fate;
import io.sluice.dialect.kafka.share.Claim.Run;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimTest {
    @Test
    void oneTypeStandsForAll() {
        assertThat(claim(5, 9, 1).runs()).containsExactly(new Run(Fate.ACCEPT, 5, 9));
    }

    @Test
    void recordsOfTheSameFateAreOneRun() {
        assertThat(claim(5, 10, 1, 1, 2, 0, 3, 3).runs())
                .containsExactly(
                        new Run(Fate.ACCEPT, 5, 6),
                        new Run(Fate.RELEASE, 7, 7),
                        new Run(Fate.GAP, 8, 8),
                        new Run(Fate.REJECT, 9, 10));
    }

    @Test
    void whatMakesNoSenseIsAFault() {
        assertThat(fault(claim(5, 4, 1))).contains("grow");
        assertThat(fault(claim(-1, 4, 1))).contains("grow");
        assertThat(fault(claim(0, 4, 1), claim(4, 5, 1))).contains("grow");
        assertThat(fault(claim(0, 4, 1, 1))).contains("2 types");
        assertThat(fault(claim(0, 4))).contains("0 types");
        assertThat(fault(claim(0, 0, 5))).contains("unknown");
        assertThat(fault(claim(0, 0, -1))).contains("unknown");
        assertThat(fault(claim(0, Long.MAX_VALUE, 1))).contains("no offset");
        assertThat(Claim.fault(List.of(claim(0, 0, 4)), false)).isPresent();
        assertThat(Claim.fault(List.of(claim(0, 0, 4)), true)).isEmpty();
        assertThat(Claim.fault(List.of(claim(0, 4, 1), claim(5, 5, 2)), true)).isEmpty();
    }

    private static String fault(Claim... claims) {
        return Claim.fault(List.of(claims), true).orElse("");
    }

    private static Claim claim(long first, long last, int... types) {
        return new Claim(first, last, IntStream.of(types).mapToObj(type -> (byte) type).toList());
    }
}
