package io.sluice.dialect.sqs.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTimeTest {
    private static final long YEAR_2100 = 4_102_444_800L;

    @Test
    void whatIsWrittenIsRead() {
        var random = new Random(4);
        for (var i = 0; i < 1_000; i++) {
            var time = SignatureTime.of(random.nextLong(YEAR_2100) * 1_000);
            assertThat(SignatureTime.parse(time.text())).contains(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20260131T235959",
                "20260131T235959Z ",
                "20260131 235959Z",
                "2026-131T235959Z",
                "20260131T23+959Z",
                "20261301T000000Z",
                "20260229T000000Z",
                "20260131T240000Z",
                "20260131T236059Z",
                "2026013\u0661T235959Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(SignatureTime.parse(text)).isEmpty();
    }
}
